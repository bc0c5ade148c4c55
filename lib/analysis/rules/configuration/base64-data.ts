import { keyStep } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

export const base64Data = rule({
  id: 'base64-data',
  sentence: 'The data of a Secret and the binaryData of a ConfigMap are base64.',
  why: 'The API server refuses anything else; and what is base64 by chance becomes other bytes.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Encode the value (base64 -w0), or write it as text under stringData (of a ConfigMap: data).',
  parts: { ...everyObject, kinds: ['Secret', 'ConfigMap'] },
  faults: ({ kind, apiVersion, ...fields }) => {
    const field = { Secret: 'data', ConfigMap: 'binaryData' }[kind];
    if (apiVersion !== 'v1' || field === undefined) return undefined;
    return Object.entries((fields[field] ?? {}) as Readonly<Record<string, unknown>>).map(
      ([key, value]) =>
        typeof value === 'string' &&
        !isBase64(value) && {
          path: `${field}${keyStep(key)}`,
          found: 'is not base64, and is not shown',
          must: 'be encoded, with its "=" at the end and without blanks',
        },
    );
  },
});

/** As Go decodes it: line breaks don't count, and the padding must be there. */
function isBase64(text: string): boolean {
  const encoded = text.replaceAll(/[\r\n]/g, '');
  return encoded.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(encoded);
}
