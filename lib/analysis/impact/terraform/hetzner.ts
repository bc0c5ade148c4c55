/** A server type of Hetzner. */
export interface ServerType {
  /** Gigabytes. A rescale may grow the disk and never shrinks it. */
  readonly disk: number;
  /** EUR per month, without VAT and IPv4 address, for new orders and rescales since 2026-06-15. */
  readonly price: number;
  readonly architecture: 'x86' | 'arm';
}

const x86 = (disk: number, price: number): ServerType => ({ disk, price, architecture: 'x86' });
const arm = (disk: number, price: number): ServerType => ({ disk, price, architecture: 'arm' });

/** Hetzner's price list of 2026-06-15, for its European locations. */
export const serverTypes: Readonly<Record<string, ServerType>> = {
  cx23: x86(40, 5.49),
  cx33: x86(80, 8.49),
  cx43: x86(160, 15.99),
  cx53: x86(320, 29.49),
  cax11: arm(40, 5.99),
  cax21: arm(80, 10.49),
  cax31: arm(160, 20.99),
  cax41: arm(320, 40.99),
  cpx12: x86(40, 11.49),
  cpx22: x86(80, 19.49),
  cpx32: x86(160, 35.49),
  cpx42: x86(320, 69.49),
};

/** `8.49 -> 15.99 EUR a month`; empty if one of the prices is unknown. */
export function describePrices(before: string, after: string): string {
  const [old, now] = [serverTypes[before], serverTypes[after]];
  if (old === undefined || now === undefined) return '';
  const [from, to] = [old.price.toFixed(2), now.price.toFixed(2)];
  return `${from === to ? from : `${from} -> ${to}`} EUR per month without VAT and IPv4 address. New servers and rescales cost the prices that apply since 2026-06-15, even if this server costs less today`;
}
