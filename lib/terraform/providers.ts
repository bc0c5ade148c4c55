import cloudflare from '../../imports/terraform/cloudflare.json';
import hcloud from '../../imports/terraform/hcloud.json';

/** Facts about a resource type, from the schema and the source of its provider. */
interface ResourceFacts {
  /** Arguments whose change forces replacement. */
  readonly replacedBy: readonly string[];
  /**
   * Optional arguments for which Terraform plans no change when they are removed from the configuration. @default
   * none
   */
  readonly keptWhenLeftOut?: readonly string[];
  /** Whether the provider can delete the resource. @default true */
  readonly hasDelete?: boolean;
}

const facts: Readonly<Record<string, ResourceFacts>> = { ...hcloud.resources, ...cloudflare.resources };

/** Whether the schema of a resource type is known here. Changes of other types are reported as uncertain. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(facts, type);
}

/** Whether a change of an argument forces replacement. */
export function forcesReplacement(type: string, argument: string): boolean {
  return replacingArguments(type).includes(argument);
}

/** The arguments of a type whose change forces replacement. Empty for an unknown type. */
export function replacingArguments(type: string): readonly string[] {
  return isKnownType(type) ? (facts[type]?.replacedBy ?? []) : [];
}

/** Whether Terraform plans no change when an argument is removed from the configuration. */
export function isKeptWhenLeftOut(type: string, argument: string): boolean {
  return isKnownType(type) && facts[type]?.keptWhenLeftOut?.includes(argument) === true;
}

/**
 * Whether a resource that is removed from the configuration continues to exist, because its provider cannot delete
 * it.
 */
export function isLeftBehind(type: string): boolean {
  return isKnownType(type) && facts[type]?.hasDelete === false;
}

/** By type: what is lost permanently if a resource of the type is destroyed. */
export const irreplaceable: Readonly<Record<string, string>> = {
  hcloud_primary_ip: 'the address is released to Hetzner, and you cannot request it again',
  hcloud_floating_ip: 'the address is released to Hetzner, and you cannot request it again',
  hcloud_volume: 'the volume and its data are deleted',
  hcloud_snapshot: 'the snapshot is deleted',
  hcloud_zone: 'the zone and all of its records are deleted',
  cloudflare_zone: 'the zone and all of its records are deleted',
  cloudflare_origin_ca_certificate:
    'Cloudflare revokes the certificate: hosts whose nodes still serve it answer 526',
};

/**
 * Types whose resources can be created again without a loss, including types whose loss another analysis reports,
 * such as records and firewalls.
 */
export const disposable: ReadonlySet<string> = new Set([
  'hcloud_firewall',
  'hcloud_placement_group',
  'hcloud_rdns',
  'hcloud_ssh_key',
  'cloudflare_dns_record',
  'cloudflare_ruleset',
  'cloudflare_zone_setting',
]);

/**
 * Types whose resources connect other resources. If such a resource is destroyed, the others lose their connection.
 */
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
