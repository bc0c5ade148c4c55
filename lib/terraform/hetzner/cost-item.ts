/** One thing that is paid for each month. */
export interface CostItem {
  /** `hcloud_server.api1`, or the name of an external service. */
  readonly object: string;
  readonly kind: 'server' | 'IPv4 address' | 'backups' | 'volume' | 'load balancer' | 'external service';
  /** What the amount follows from, such as `cx33 in nbg1, price list of 2026-06-15`. */
  readonly basis: string;
  /** Euros a month without VAT; undefined if no source states the price. */
  readonly euros: number | undefined;
  /** The name of the server that it belongs to. */
  readonly server?: string;
}

/** A sum, and what it lacks. */
export interface CostSum {
  /** The sum of the known amounts. */
  readonly euros: number;
  /** The objects whose amount is unknown. */
  readonly unknown: readonly string[];
}

export function sumOf(items: readonly CostItem[]): CostSum {
  return {
    euros: items.reduce((sum, { euros = 0 }) => sum + euros, 0),
    unknown: items.filter(({ euros }) => euros === undefined).map(describeItem),
  };
}

/** `backups of hcloud_server.api1`: an item by its object, and by its kind where the object has several. */
export function describeItem({ object, kind }: CostItem): string {
  return kind === 'backups' || kind === 'IPv4 address' ? `${kind} of ${object}` : object;
}

/** `26.97 EUR a month without VAT`, with the names of what is unknown. */
export function describeSum({ euros, unknown }: CostSum): string {
  const amount = `${describeEuros(euros)} EUR a month without VAT`;
  return unknown.length === 0 ? amount : `${amount}; unknown: ${unknown.join(', ')}`;
}

/** Two decimals. */
export function describeEuros(euros: number): string {
  return euros.toFixed(2);
}
