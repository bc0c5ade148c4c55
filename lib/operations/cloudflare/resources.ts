/** https://developers.cloudflare.com/api/resources/zones/methods/list/ */
export interface CloudflareZone {
  readonly id: string;
  readonly name: string;
  readonly account?: { readonly id: string; readonly name: string };
}

/** https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/list/ */
export interface CloudflareRecord {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content?: string;
  readonly proxied?: boolean;
  readonly ttl?: number;
  readonly modified_on?: string;
}

/** https://developers.cloudflare.com/api/resources/rulesets/methods/list/ */
export interface CloudflareRuleset {
  readonly id: string;
  readonly name: string;
  /** `zone` for rulesets of the zone, `managed` for rulesets of Cloudflare. */
  readonly kind: string;
  readonly phase: string;
  readonly last_updated?: string;
  /** Only the answer for a single ruleset has rules; the field is missing if the ruleset has none. */
  readonly rules?: readonly CloudflareRule[];
}

export interface CloudflareRule {
  readonly id: string;
  readonly ref?: string;
  readonly description?: string;
  readonly expression?: string;
  readonly action?: string;
  readonly enabled?: boolean;
  readonly last_updated?: string;
}

/** https://developers.cloudflare.com/api/resources/zones/subresources/settings/methods/get/ */
export interface CloudflareSetting {
  readonly id: string;
  readonly value: unknown;
  readonly modified_on?: string | null;
}

/** https://developers.cloudflare.com/api/resources/bot_management/methods/get/ */
export interface CloudflareBotManagement {
  readonly fight_mode?: boolean;
}

/** https://developers.cloudflare.com/api/resources/ips/methods/list/ */
export interface CloudflareProxyRanges {
  readonly ipv4_cidrs?: readonly string[];
  readonly ipv6_cidrs?: readonly string[];
}
