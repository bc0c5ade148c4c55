/** A secret that nothing else contains, with characters that each encoding writes differently. */
export const canary = 'c4näry+7d1f/0e9b&5a?x';

/** The forms in which a text can stand in another: as it is, escaped, and encoded wherever it begins. */
export function formsOf(text: string): string[] {
  const bytes = Buffer.from(text);
  return [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    encodeURI(text),
    new URLSearchParams({ text }).toString().slice('text='.length),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64Of(bytes),
    ...base64Of(Buffer.from(bytes.toString('base64'))),
  ];
}

/** Base64 wherever the bytes begin in what is encoded; the digits that neighbours touch are left out. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const own = encoded.slice(shift === 0 ? 0 : shift + 1, -2);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
