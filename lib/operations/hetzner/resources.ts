/** Fields that all resources have. https://docs.hetzner.cloud/reference/cloud describes the fields. */
export interface HetznerResource {
  readonly id: number;
  readonly name: string;
  readonly created: string;
  readonly labels: Readonly<Record<string, string>>;
}

export interface HetznerServer extends HetznerResource {
  readonly status: string;
  readonly server_type: { readonly name: string };
  readonly location: { readonly name: string };
  /** null if the server's image was deleted. */
  readonly image: { readonly name: string | null } | null;
  readonly backup_window: string | null;
  readonly protection: { readonly delete: boolean; readonly rebuild: boolean };
  readonly placement_group: { readonly id: number; readonly name: string } | null;
  readonly public_net: {
    readonly ipv4: { readonly id: number; readonly ip: string } | null;
    readonly firewalls: readonly { readonly id: number }[];
  };
  readonly private_net: readonly { readonly network: number; readonly ip: string }[];
}

export interface HetznerPrimaryIp extends HetznerResource {
  readonly ip: string;
  readonly type: 'ipv4' | 'ipv6';
  /** null while the address is not assigned. */
  readonly assignee_id: number | null;
}

export interface HetznerFirewallRule {
  readonly direction: 'in' | 'out';
  readonly protocol: string;
  /** A port or a range such as `80-85`; null for protocols without ports. */
  readonly port?: string | null;
  readonly source_ips?: readonly string[];
  readonly destination_ips?: readonly string[];
  readonly description?: string | null;
}

export interface HetznerFirewall extends HetznerResource {
  readonly rules: readonly HetznerFirewallRule[];
  readonly applied_to: readonly {
    readonly type: string;
    readonly server?: { readonly id: number };
    readonly label_selector?: { readonly selector: string };
    readonly applied_to_resources?: readonly { readonly server?: { readonly id: number } }[];
  }[];
}

export interface HetznerNetwork extends HetznerResource {
  readonly ip_range: string;
  readonly servers: readonly number[];
}

export interface HetznerPlacementGroup extends HetznerResource {
  readonly servers: readonly number[];
}

/** The collections that are read, by name in the API. */
export interface HetznerCollections {
  readonly servers: HetznerServer;
  readonly primary_ips: HetznerPrimaryIp;
  readonly firewalls: HetznerFirewall;
  readonly networks: HetznerNetwork;
  readonly placement_groups: HetznerPlacementGroup;
  readonly volumes: HetznerResource;
  readonly load_balancers: HetznerResource;
  readonly floating_ips: HetznerResource;
}
