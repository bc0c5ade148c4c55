import type { Json } from '../documents/kubernetes';

/** Suffixes of quantities. The exponent form (`1e3`) is parsed separately. */
const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const syntax = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/;

/**
 * A Kubernetes quantity as a number: cores for CPU, bytes for memory and storage.
 *
 * @returns undefined for text that the API server refuses (`512MB`, `1 Gi`, an empty string).
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(text: string): number | undefined {
  const match = syntax.exec(text);
  if (match === null) return undefined;
  const [, digits = '', exponent = '', suffix = ''] = match;
  return exponent === '' ? Number(digits) * (suffixes[suffix] ?? Number.NaN) : Number(digits + exponent);
}

const decimal = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/**
 * The quantity as the API server stores it: `1000m` is `1`, `1024Mi` is `1Gi`, `0.5` is `500m`. A manifest with
 * another spelling always differs from the stored object: every apply reports a change, and a server-side apply
 * conflicts with an earlier client-side one.
 *
 * An exponent becomes a suffix: the API server stores `1e3` and `1E3` alike.
 *
 * @returns the unchanged text if it is not a quantity, or if no suffix can express it
 */
export function canonicalQuantity(text: string): string {
  const match = syntax.exec(text);
  const [, digits = '', exponent = '', suffix = ''] = match ?? [];
  if (match === null || digits.startsWith('-')) return text;
  const isBinary = suffix.endsWith('i');
  const [suffixes, step] = isBinary ? [binary, 1024n] : [decimal, 1000n];
  const [whole = '', fraction = ''] = digits.replace('+', '').split('.');
  const power = suffixes.indexOf(suffix);
  const shift = exponent === '' ? 0 : Number(exponent.slice(1));
  if (Math.abs(shift) > 18) return text;
  const scale = 10n ** BigInt(fraction.length + Math.max(0, -shift));
  const value = BigInt(whole + fraction) * step ** BigInt(power) * 10n ** BigInt(Math.max(0, shift));
  if (value % scale !== 0n) return text;
  let amount = value / scale;
  let unit = 0;
  while (amount !== 0n && amount % step === 0n && unit < suffixes.length - 1) {
    amount /= step;
    unit += 1;
  }
  return amount === 0n ? '0' : `${amount}${suffixes[unit]}`;
}

/** Whether Kubernetes accepts a value as a quantity: valid text, or a number. */
export function isQuantity(value: Json): boolean {
  return typeof value === 'string' ? parseQuantity(value) !== undefined : Number.isFinite(value);
}

/**
 * The quantity that was probably meant by `512MB`, `512 mi` or `1K`. The digits and valid suffixes stay: `100 m` is
 * `100m`. A suffix that ends in `b` counts bytes, which have no fractions: `512mb` is `512M`.
 */
export function nearestQuantity(value: string): string | undefined {
  const [, digits = '', unit = '', byte = ''] =
    value.match(/^\s*([+-]?[\d.]+)\s*([A-Za-z]*?)([Bb]?)\s*$/) ?? [];
  const byLetters = ['', ...binary.slice(1), ...decimal.slice(decimal.indexOf('k')), 'm', 'u', 'n'];
  const isExact = Object.hasOwn(suffixes, unit) && (byte === '' || !/^[num]$/.test(unit));
  const suffix = isExact ? unit : byLetters.find((each) => each.toLowerCase() === unit.toLowerCase());
  const near = `${digits}${suffix}`;
  return isQuantity(near) ? near : undefined;
}
