import { openings } from '../../analysis/impact/terraform/firewall';
import type { TerraformChange } from './terraform';
import type { FirewallRules } from './terraform-firewalls';

/** Which changes of Terraform come before the manifests, and which after them. */
export interface TerraformOrder {
  /** Networks, servers and opened ports: nodes and pods need them. */
  readonly first: readonly TerraformChange[];
  /** The origin's certificate: the Secret with it, and strict mode, come after it. */
  readonly certificates: readonly TerraformChange[];
  /** Everything else: records and strict mode need what the manifests apply, and a closed port may be in use until then. */
  readonly last: readonly TerraformChange[];
}

const certificate = 'cloudflare_origin_ca_certificate';
const networks = ['hcloud_network', 'hcloud_network_subnet', 'hcloud_network_route', 'hcloud_server_network'];
const firewall = 'hcloud_firewall';

/**
 * The order that the domain demands.
 *
 * @param current the firewalls' rules as Terraform's state has them
 * @param described the same as the stack describes them
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
  // A server refers to its firewall, so that Terraform would apply the firewall with it.
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
