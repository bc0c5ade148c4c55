/**
 * The arguments whose change makes Terraform destroy a resource and make another: of hcloud 1.68.0 from its schema, of
 * Cloudflare 5 from the plan modifiers in its source. A type that is missing here has none, or isn't known to.
 *
 * @see https://registry.terraform.io/providers/hetznercloud/hcloud/1.68.0/docs
 * @see https://github.com/cloudflare/terraform-provider-cloudflare/tree/main/internal/services
 */
export const replacing: Readonly<Record<string, readonly string[]>> = {
  hcloud_firewall_attachment: ['firewall_id'],
  hcloud_load_balancer: ['location', 'network_zone'],
  hcloud_load_balancer_network: ['ip', 'load_balancer_id', 'network_id', 'subnet_id'],
  hcloud_load_balancer_service: ['listen_port', 'load_balancer_id', 'protocol'],
  hcloud_load_balancer_target: ['ip', 'label_selector', 'load_balancer_id', 'server_id'],
  hcloud_managed_certificate: ['domain_names'],
  hcloud_network: ['ip_range'],
  hcloud_network_route: ['destination', 'gateway', 'network_id'],
  hcloud_network_subnet: ['ip_range', 'network_id', 'network_zone', 'type', 'vswitch_id'],
  hcloud_primary_ip: ['location', 'type'],
  hcloud_rdns: ['floating_ip_id', 'ip_address', 'load_balancer_id', 'primary_ip_id', 'server_id'],
  hcloud_server: ['image', 'location', 'ssh_keys', 'user_data'],
  hcloud_server_network: ['ip', 'network_id', 'server_id', 'subnet_id'],
  hcloud_snapshot: ['server_id'],
  hcloud_ssh_key: ['public_key'],
  hcloud_uploaded_certificate: ['certificate', 'private_key'],
  hcloud_volume: ['location'],
  hcloud_volume_attachment: ['server_id', 'volume_id'],
  hcloud_zone: ['mode', 'name'],
  hcloud_zone_record: ['name', 'type', 'value', 'zone'],
  hcloud_zone_rrset: ['name', 'type', 'zone'],
  cloudflare_dns_record: ['zone_id'],
  cloudflare_origin_ca_certificate: ['csr', 'hostnames', 'request_type', 'requested_validity'],
  cloudflare_ruleset: ['account_id', 'zone_id'],
  cloudflare_zone_setting: ['zone_id', 'setting_id'],
};

/** The types that know all of their replacing arguments: of others a change is said to be uncertain. */
export function isKnownType(type: string): boolean {
  return type.startsWith('hcloud_') || Object.hasOwn(replacing, type);
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
