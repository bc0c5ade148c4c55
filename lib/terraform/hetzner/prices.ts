import table from '../../../imports/hetzner/prices.json';

/** A server type of Hetzner. */
export interface ServerType {
  /** Virtual CPUs. */
  readonly vcpu: number;
  /** Memory in bytes. Hetzner states it in GB, but means GiB: a CX33 has 8,192 MiB. */
  readonly memory: number;
  /** Gigabytes. A rescale may grow the disk and never shrinks it. */
  readonly disk: number;
  readonly architecture: 'x86' | 'arm';
  /** Euros a month without VAT and IPv4 address, by price list. A price that no source states is missing. */
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

/** The days from which Hetzner's price lists are valid, oldest first. A server keeps the list by which it was ordered. */
export const priceLists: readonly string[] = table.priceLists;

/** The list for new orders and rescales. */
export const newestPriceList = priceLists.at(-1) ?? '';

/** Where the prices come from, and the day of the newest source. */
export const priceSource: { readonly source: string; readonly asOf: string } = table;

/** Euros a month of other resources, without VAT. */
export const otherPrices: {
  readonly ipv4Address: number;
  readonly volumeGigabyte: number;
  readonly loadBalancers: Readonly<Record<string, number>>;
} = table;

/** Whether the prices hold in a location: only those in Europe are known. */
export function isPricedLocation(location: string): boolean {
  return table.locations.includes(location);
}

/** `8.49 -> 15.99 EUR a month`; empty if one of the prices is unknown. */
export function describePrices(before: string, after: string): string {
  const [old, now] = [before, after].map((type) => serverTypes[type]?.prices[newestPriceList]);
  if (old === undefined || now === undefined) return '';
  const [from, to] = [old.toFixed(2), now.toFixed(2)];
  return `${from === to ? from : `${from} -> ${to}`} EUR per month without VAT and IPv4 address. New servers and rescales cost the prices that apply since ${newestPriceList}, even if this server costs less today`;
}
