/** The parts of ASN.1 DER (ITU-T X.690) that a certificate signing request needs. */
const tags = {
  integer: 0x02,
  bitString: 0x03,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
} as const;

function encode(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes = Buffer.from(length.toString(16).padStart(length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([0x80 | bytes.length]), bytes]);
}

export const sequence = (...parts: readonly Uint8Array[]) => encode(tags.sequence, ...parts);
export const set = (...parts: readonly Uint8Array[]) => encode(tags.set, ...parts);
export const integer = (value: number) => encode(tags.integer, Buffer.from([value]));
export const utf8String = (text: string) => encode(tags.utf8String, Buffer.from(text, 'utf8'));
export const bitString = (bytes: Uint8Array) => encode(tags.bitString, Buffer.from([0]), bytes);

/** An empty field with a context-specific tag, such as the attributes of a request. */
export const emptyContext = (number: number) => encode(0xa0 | number);

/** Encodes an object identifier such as `2.5.4.3`: the first two numbers share a byte, the others are written in base 128. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const digits = (value: number): number[] =>
    value < 0x80 ? [value] : [...digits(value >>> 7), value & 0x7f];
  const bytes = [first * 40 + second, ...rest].flatMap((value) => {
    const own = digits(value);
    return own.map((digit, index) => (index < own.length - 1 ? digit | 0x80 : digit));
  });
  return encode(tags.objectIdentifier, Buffer.from(bytes));
}
