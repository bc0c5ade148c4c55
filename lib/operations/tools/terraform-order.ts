import { openings } from '../../analysis/impact/terraform/firewall';
import type { TerraformChange } from './terraform';
import type { FirewallRules } from './terraform-firewalls';

/** Which Terraform changes are applied before the manifests, and which after. */
export interface TerraformOrder {
  /** Networks, servers and opened ports, which nodes and pods need. */
  readonly first: readonly TerraformChange[];
  /** The origin certificate. The Secret that contains it is applied after it, and then the strict SSL mode. */
  readonly certificates: readonly TerraformChange[];
  /**
   * All other changes. DNS records and the strict SSL mode need what the manifests apply, and closed ports may be in
   * use until then.
   */
  readonly last: readonly TerraformChange[];
}

const certificate = 'cloudflare_origin_ca_certificate';
const networks = ['hcloud_network', 'hcloud_network_subnet', 'hcloud_network_route', 'hcloud_server_network'];
const firewall = 'hcloud_firewall';

/**
 * Splits changes by when they can be applied without an outage.
 *
 * @param current the firewall rules in Terraform's state
 * @param described the firewall rules in the synthesized stack
 */
export function orderOf(
  changes: readonly TerraformChange[],
  current: FirewallRules,
  described: FirewallRules,
): TerraformOrder {
  const closes = (address: string) => {
    const [before, after] = [current.get(address), described.get(address)];
    return before === undefined || after === undefined || openings(before, after).length > 0;
  };
  const isFirewall = ({ address }: TerraformChange) => typeOf(address) === firewall;
  const waits = ({ action, address }: TerraformChange) => action !== 'create' && closes(address);
  // If a firewall must wait, so must the servers: a server refers to its firewall, so Terraform would apply both.
  const hasWaiting = changes.some((each) => isFirewall(each) && waits(each));
  const isFirst = (change: TerraformChange) => {
    const type = typeOf(change.address);
    if (isFirewall(change)) return !waits(change);
    if (change.action !== 'create') return false;
    return networks.includes(type) || (type === 'hcloud_server' && !hasWaiting);
  };
  const first = changes.filter(isFirst);
  const certificates = changes.filter(({ address }) => typeOf(address) === certificate);
  const last = changes.filter((each) => !first.includes(each) && !certificates.includes(each));
  return { first, certificates, last };
}

/** `hcloud_firewall` of `hcloud_firewall.nodes`. */
function typeOf(address: string): string {
  return address.split('.')[0] ?? '';
}
