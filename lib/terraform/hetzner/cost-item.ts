/** One item of the monthly costs. */
export interface CostItem {
  /** The Terraform address, such as `hcloud_server.api1`, or the name of an external service. */
  readonly object: string;
  readonly kind: 'server' | 'IPv4 address' | 'backups' | 'volume' | 'load balancer' | 'external service';
  /** The facts that decide the price, such as `cx33 in nbg1, price list of 2026-06-15`. */
  readonly basis: string;
  /** Euros a month without VAT. Undefined if no source states the price. */
  readonly euros: number | undefined;
  /** The name of the server to which the item belongs. */
  readonly server?: string;
}

/** The sum of several items, and the items without a known price. */
export interface CostSum {
  /** The sum of the known amounts. */
  readonly euros: number;
  /** The names of the objects whose price is unknown. */
  readonly unknown: readonly string[];
}

export function sumOf(items: readonly CostItem[]): CostSum {
  return {
    euros: items.reduce((sum, { euros = 0 }) => sum + euros, 0),
    unknown: items.filter(({ euros }) => euros === undefined).map(describeItem),
  };
}

/**
 * The name of an item in messages: its object, with the kind if the object has several items: `backups of
 * hcloud_server.api1`.
 */
export function describeItem({ object, kind }: CostItem): string {
  return kind === 'backups' || kind === 'IPv4 address' ? `${kind} of ${object}` : object;
}

/**
 * The sum as a message prints it: `26.97 EUR a month without VAT`, with the names of the items whose price is
 * unknown.
 */
export function describeSum({ euros, unknown }: CostSum): string {
  const amount = `${describeEuros(euros)} EUR a month without VAT`;
  return unknown.length === 0 ? amount : `${amount}; unknown: ${unknown.join(', ')}`;
}

/** Two decimals. */
export function describeEuros(euros: number): string {
  return euros.toFixed(2);
}
