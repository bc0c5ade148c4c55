/** A zone behind the stand-in of Cloudflare's API, with what the documentation shows of each resource. */
export interface StandInZone {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly records: StandInRecord[];
  readonly rulesets: StandInRuleset[];
  readonly settings: Record<string, unknown>;
  readonly fightMode?: boolean;
}

export interface StandInRecord {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly content: string;
  readonly proxied?: boolean;
  readonly ttl?: number;
}

export interface StandInRuleset {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly phase: string;
  readonly rules: readonly object[];
}

/** An id of Cloudflare: 32 hexadecimal digits. */
export function cloudflareId(number: number): string {
  return number.toString(16).padStart(32, '0');
}
