import { podsWithAccess } from '../../../kubernetes/granted-access';
import { namespaceOf } from '../../../kubernetes/kinds';
import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const unusedConfigmapKeys = rule({
  id: 'unused-configmap-keys',
  sentence: 'Every key of a ConfigMap is read by some pod, in its template or through the API.',
  why: 'A key that nobody reads looks like a setting, and changes nothing.',
  source: 'ours: every value has two ends',
  severity: 'low',
  fix: 'Remove the key, or read it.',
  parts: objectsOf('ConfigMap'),
  faults: ({ data = {} }, manifests, { object }) => {
    const read = new Set(manifests.references.to(object).map(({ value }) => value.key));
    if (read.has(undefined)) return [];
    const { name } = object.metadata;
    const access = { resource: 'configmaps', verbs: ['get', 'list', 'watch'], name } as const;
    if (podsWithAccess(manifests, { ...access, namespace: namespaceOf(object) }).length > 0) return [];
    return Object.keys(data)
      .filter((key) => !read.has(key))
      .map((key) => ({ path: `data${keyStep(key)}`, found: 'is read by nobody', must: 'be read by a pod' }));
  },
});
