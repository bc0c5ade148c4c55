import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const unusedConfigmapKeys = rule({
  id: 'unused-configmap-keys',
  sentence: 'Every key of a ConfigMap is read by some pod.',
  why: 'A key that nobody reads looks like a setting, and changes nothing.',
  source: 'ours: every value has two ends',
  severity: 'low',
  fix: 'Remove the key, or read it.',
  parts: objectsOf('ConfigMap'),
  faults: ({ data = {} }, manifests, { object }) => {
    const read = new Set(manifests.references.to(object).map(({ value }) => value.key));
    if (read.has(undefined)) return [];
    return Object.keys(data)
      .filter((key) => !read.has(key))
      .map((key) => ({ path: `data${keyStep(key)}`, found: 'is read by nobody', must: 'be read by a pod' }));
  },
});
