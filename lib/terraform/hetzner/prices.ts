import table from '../../../imports/hetzner/prices.json';

/** A type of Hetzner's cloud servers. */
export interface ServerType {
  /** Virtual CPUs. */
  readonly vcpu: number;
  /** Memory in bytes. Hetzner writes GB but means GiB: a CX33 has 8,192 MiB. */
  readonly memory: number;
  /** Disk size in gigabytes. A rescale can grow the disk, but never shrinks it. */
  readonly disk: number;
  readonly architecture: 'x86' | 'arm';
  /**
   * Euros a month by price list, without VAT and without an IPv4 address. A missing entry means that no source states
   * the price.
   */
  readonly prices: Readonly<Record<string, number>>;
}

interface StatedType extends Omit<ServerType, 'architecture' | 'prices'> {
  readonly architecture: string;
  readonly prices: Readonly<Record<string, number | undefined>>;
}

const gibibyte = 2 ** 30;

/** The server types of Hetzner's price lists. */
export const serverTypes: Readonly<Record<string, ServerType>> = Object.fromEntries(
  Object.entries<StatedType>(table.serverTypes).map(([name, type]) => [
    name,
    { ...type, memory: type.memory * gibibyte } as ServerType,
  ]),
);

/**
 * The dates of Hetzner's price lists, oldest first. A running server is charged by the list that was valid when the
 * server was ordered.
 */
export const priceLists: readonly string[] = table.priceLists;

/** The price list for new orders and rescales. */
export const newestPriceList = priceLists.at(-1) ?? '';

/** The source of the prices, and the date of the newest source. */
export const priceSource: { readonly source: string; readonly asOf: string } = table;

/** Euros a month for other resources, without VAT. */
export const otherPrices: {
  readonly ipv4Address: number;
  readonly volumeGigabyte: number;
  readonly loadBalancers: Readonly<Record<string, number>>;
} = table;

/** Whether the prices apply to a location. Only prices in Europe are known. */
export function isPricedLocation(location: string): boolean {
  return table.locations.includes(location);
}

/** The prices before and after a rescale: `8.49 -> 15.99 EUR a month`. Empty if a price is unknown. */
export function describePrices(before: string, after: string): string {
  const [old, now] = [before, after].map((type) => serverTypes[type]?.prices[newestPriceList]);
  if (old === undefined || now === undefined) return '';
  const [from, to] = [old.toFixed(2), now.toFixed(2)];
  return `${from === to ? from : `${from} -> ${to}`} EUR per month without VAT and IPv4 address. New servers and rescaled servers are charged by the price list of ${newestPriceList}, even if this server costs less today`;
}
