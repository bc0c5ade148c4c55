import type { ConfigMap, Secret } from '../../../../imports/kubernetes/kinds';
import { isDataKey } from '../../../kubernetes/names';
import { keyStep } from '../../../kubernetes/path';
import { objectsOf, type Parts } from '../parts';
import { rule } from '../rule';

/** 1 MiB, the limit of the API server. */
const limit = 1024 * 1024;

const both: Parts<ConfigMap | Secret> = {
  kinds: ['ConfigMap', 'Secret'],
  of: (manifests) => [...objectsOf('ConfigMap').of(manifests), ...objectsOf('Secret').of(manifests)],
};

export const dataKeys = rule({
  id: 'data-keys',
  sentence:
    'A ConfigMap or Secret has at most 1 MiB, and its keys contain only letters, digits, "-", "_" and ".".',
  why: 'The API server refuses the object.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/#configmap-object',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Rename the key, or split the object.',
  parts: both,
  faults: (object) => {
    const fields = (['data', 'binaryData', 'stringData'] as const).flatMap((field) =>
      Object.entries((object as Record<string, unknown>)[field] ?? {}).map(([key, value]) => ({
        field,
        key,
        value,
      })),
    );
    const size = fields.reduce((sum, { field, value }) => sum + sizeOf(object.kind, field, String(value)), 0);
    return [
      ...fields
        .filter(({ key }) => !isDataKey(key))
        .map(({ field, key }) => ({
          path: `${field}${keyStep(key)}`,
          found: `has the key ${JSON.stringify(key)}`,
          must: 'be 1 to 253 letters, digits, "-", "_" and "."',
        })),
      size > limit && { path: 'data', found: `has ${size} bytes`, must: `have at most ${limit} bytes` },
    ];
  },
});

/** The API server counts decoded bytes of values, and does not count keys. */
function sizeOf(kind: string | undefined, field: string, value: string): number {
  const isEncoded = field === 'binaryData' || (field === 'data' && kind === 'Secret');
  return Buffer.byteLength(value, isEncoded ? 'base64' : 'utf8');
}
