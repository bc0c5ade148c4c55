import { keyStep } from '../../../kubernetes/path';
import { everyObject } from '../parts';
import { rule } from '../rule';

export const base64Data = rule({
  id: 'base64-data',
  sentence: 'Values under data of a Secret and binaryData of a ConfigMap are base64.',
  why: 'The API server refuses a value that is not base64. Plain text that happens to be valid base64 is stored as other bytes.',
  source: 'https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Encode the value (base64 -w0), or write it as text under stringData (Secret) or data (ConfigMap).',
  parts: { ...everyObject, kinds: ['Secret', 'ConfigMap'] },
  faults: ({ kind, apiVersion, ...fields }) => {
    const field = { Secret: 'data', ConfigMap: 'binaryData' }[kind];
    if (apiVersion !== 'v1' || field === undefined) return undefined;
    return Object.entries((fields[field] ?? {}) as Readonly<Record<string, unknown>>).map(
      ([key, value]) =>
        typeof value === 'string' &&
        !isBase64(value) && {
          path: `${field}${keyStep(key)}`,
          found: 'is not base64 (value hidden)',
          must: 'be base64, padded with "=", without spaces',
        },
    );
  },
});

/** Go's decoder ignores line breaks and requires the padding. */
function isBase64(text: string): boolean {
  const encoded = text.replaceAll(/[\r\n]/g, '');
  return encoded.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(encoded);
}
