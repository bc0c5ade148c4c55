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
 * @returns undefined for a string that the API server refuses (`512MB`, `1 Gi`, an empty string).
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
 * The quantity in the form that the API server stores: `1000m` becomes `1`, `1024Mi` becomes `1Gi`, `0.5`
 * becomes `500m`. A manifest with another form always differs from the stored object: every apply reports a
 * change, and a server-side apply conflicts with an earlier client-side apply.
 *
 * An exponent becomes a suffix, because the API server stores `1e3` and `1E3` with the same suffix.
 *
 * @returns the unchanged string if it is not a quantity, or if no suffix can express the value
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

/** Whether Kubernetes accepts a value as a quantity: a valid string, or a number. */
export function isQuantity(value: Json): boolean {
  return typeof value === 'string' ? parseQuantity(value) !== undefined : Number.isFinite(value);
}

/**
 * The quantity that the author of `512MB`, `512 mi` or `1K` probably meant. Digits and valid suffixes remain:
 * `100 m` becomes `100m`. A suffix that ends in `b` counts bytes, which have no fractions: `512mb` becomes
 * `512M`.
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
