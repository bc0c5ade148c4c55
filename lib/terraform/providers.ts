import cloudflare from '../../imports/terraform/cloudflare.json';
import hcloud from '../../imports/terraform/hcloud.json';

/** What a provider does to the resources of one type, from its own schema. */
interface ResourceFacts {
  /** The arguments whose change makes Terraform destroy the resource and make another. */
  readonly replacedBy: readonly string[];
  /** Arguments that keep the value that they have when they are left out. @default none are known */
  readonly keptWhenLeftOut?: readonly string[];
  /** Whether the provider can delete it. @default true */
  readonly hasDelete?: boolean;
}

const facts: Readonly<Record<string, ResourceFacts>> = { ...hcloud.resources, ...cloudflare.resources };

/** Whether the schema of a type is known here: of other types a change is said to be uncertain. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(facts, type);
}

/** Whether a change of an argument destroys the resource and makes another. */
export function forcesReplacement(type: string, argument: string): boolean {
  return replacingArguments(type).includes(argument);
}

/** The arguments of a type whose change makes Terraform destroy the resource and make another; none of an unknown type. */
export function replacingArguments(type: string): readonly string[] {
  return isKnownType(type) ? (facts[type]?.replacedBy ?? []) : [];
}

/** Whether an argument that is no longer stated keeps its value: Terraform then plans no change. */
export function isKeptWhenLeftOut(type: string, argument: string): boolean {
  return isKnownType(type) && facts[type]?.keptWhenLeftOut?.includes(argument) === true;
}

/** Whether a resource that is no longer described stays as it is, because its provider has no delete for it. */
export function isLeftBehind(type: string): boolean {
  return isKnownType(type) && facts[type]?.hasDelete === false;
}

/** What is gone with a resource of a type and can't be had again. */
export const irreplaceable: Readonly<Record<string, string>> = {
  hcloud_primary_ip: 'the address goes back to Hetzner, and nobody gets it again on purpose',
  hcloud_floating_ip: 'the address goes back to Hetzner, and nobody gets it again on purpose',
  hcloud_volume: 'the volume goes with all that is on it',
  hcloud_snapshot: 'the snapshot goes',
  hcloud_zone: 'the zone goes with all of its records',
  cloudflare_zone: 'the zone goes with all of its records',
  cloudflare_origin_ca_certificate:
    'Cloudflare revokes the certificate: nodes that still serve it answer 526 to everybody',
};

/** What is made again at will: of it nothing is lost. What is told elsewhere, as records and firewalls are, is here, too. */
export const disposable: ReadonlySet<string> = new Set([
  'hcloud_firewall',
  'hcloud_placement_group',
  'hcloud_rdns',
  'hcloud_ssh_key',
  'cloudflare_dns_record',
  'cloudflare_ruleset',
  'cloudflare_zone_setting',
]);

/** What others reach each other by, and no longer do without it. */
export const connecting: ReadonlySet<string> = new Set([
  'hcloud_load_balancer',
  'hcloud_load_balancer_network',
  'hcloud_load_balancer_service',
  'hcloud_load_balancer_target',
  'hcloud_network',
  'hcloud_network_route',
  'hcloud_network_subnet',
  'hcloud_server_network',
  'hcloud_volume_attachment',
]);
