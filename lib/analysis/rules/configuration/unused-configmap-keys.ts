import { podsWithAccess } from '../../../kubernetes/granted-access';
import { namespaceOf } from '../../../kubernetes/kinds';
import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const unusedConfigmapKeys = rule({
  id: 'unused-configmap-keys',
  sentence:
    'Every key of a ConfigMap is read by a pod: as a variable, as a file or through the Kubernetes API.',
  why: 'A key that no pod reads looks like a setting, but has no effect.',
  source: 'ours: every value has a writer and a reader',
  severity: 'low',
  fix: 'Remove the key, or let a pod read the key.',
  parts: objectsOf('ConfigMap'),
  faults: ({ data = {} }, manifests, { object }) => {
    const read = new Set(manifests.references.to(object).map(({ value }) => value.key));
    if (read.has(undefined)) return [];
    const { name } = object.metadata;
    const access = { resource: 'configmaps', verbs: ['get', 'list', 'watch'], name } as const;
    if (podsWithAccess(manifests, { ...access, namespace: namespaceOf(object) }).length > 0) return [];
    return Object.keys(data)
      .filter((key) => !read.has(key))
      .map((key) => ({
        path: `data${keyStep(key)}`,
        found: 'is not read by any pod',
        must: 'be read by a pod',
      }));
  },
});
