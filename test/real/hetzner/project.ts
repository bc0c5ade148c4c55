import { Refusal } from './error';

type Labels = Readonly<Record<string, string>>;

interface Named {
  readonly id: number;
  name: string;
  labels: Labels;
}

export interface Server extends Named {
  status: 'running' | 'off';
  serverType: string;
  readonly location: string;
  /** Hetzner's own: a server that was made of an image that is gone has none. */
  readonly image: number;
  primaryDiskSize: number;
  backupWindow: string | null;
  protection: { delete: boolean; rebuild: boolean };
  placementGroup: number | null;
  networks: { network: number; ip: string; aliasIps: string[] }[];
}

export interface PrimaryIp extends Named {
  readonly ip: string;
  readonly type: 'ipv4' | 'ipv6';
  readonly location: string;
  assignee: number | null;
  autoDelete: boolean;
  protection: { delete: boolean };
  dnsPtr: string | null;
}

export interface Firewall extends Named {
  rules: readonly object[];
  servers: number[];
}

export interface Network extends Named {
  ipRange: string;
  subnets: { type: string; ip_range: string; network_zone: string; gateway: string }[];
  protection: { delete: boolean };
}

export interface PlacementGroup extends Named {
  readonly type: string;
}

export interface SshKey extends Named {
  readonly publicKey: string;
  readonly fingerprint: string;
}

/** Everything in one project at Hetzner, as it is between two requests. */
export class Project {
  readonly servers = new Map<number, Server>();
  readonly primaryIps = new Map<number, PrimaryIp>();
  readonly firewalls = new Map<number, Firewall>();
  readonly networks = new Map<number, Network>();
  readonly placementGroups = new Map<number, PlacementGroup>();
  readonly sshKeys = new Map<number, SshKey>();
  /** By collection, what is only listed: volumes, load balancers, floating IPs. */
  readonly others = new Map<string, Map<number, Named>>();
  /** Server types that can't be ordered at present. */
  readonly outOfStock = new Set<string>();
  private lastId = 9000;

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  /** An address of a documentation's network, of no other resource. */
  nextAddress(type: 'ipv4' | 'ipv6'): string {
    const number = this.nextId() % 250;
    return type === 'ipv4' ? `203.0.113.${number}` : `2001:db8:${number}::/64`;
  }

  addressOf(server: Server, type: 'ipv4' | 'ipv6'): PrimaryIp | undefined {
    return [...this.primaryIps.values()].find((ip) => ip.assignee === server.id && ip.type === type);
  }
}

/** @throws Refusal for an id that is not in the project */
export function existing<Resource>(resources: ReadonlyMap<number, Resource>, id: unknown): Resource {
  const found = resources.get(Number(id));
  if (found === undefined) throw new Refusal(404, 'not_found', `resource with ID '${String(id)}' not found`);
  return found;
}

/** @throws Refusal for a name that another resource of the kind has */
export function refuseSameName(resources: ReadonlyMap<number, Named>, name: string): void {
  if ([...resources.values()].some((each) => each.name === name))
    throw new Refusal(409, 'uniqueness_error', 'name is already used');
}
