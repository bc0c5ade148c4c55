import { namespaceOf } from '../../../kubernetes/kinds';
import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const configKeysRead = rule({
  id: 'config-keys-read',
  sentence: 'Every key of a ConfigMap is read by some pod.',
  why: 'A key that nobody reads looks like a setting, and changes nothing.',
  source: 'ours: every value has two ends',
  severity: 'low',
  fix: 'Remove the key, or read it.',
  parts: objectsOf('ConfigMap'),
  faults: ({ data = {} }, manifests, { object }) => {
    const { name } = object.metadata;
    const pods = manifests.pods.of(namespaceOf(object));
    const containers = pods.flatMap(({ spec }) => [
      ...(spec.initContainers ?? []),
      ...(spec.containers ?? []),
    ]);
    const mounted = pods
      .flatMap(({ spec }) => spec.volumes ?? [])
      .flatMap(({ configMap, projected }) => [
        configMap,
        ...(projected?.sources ?? []).map((each) => each.configMap),
      ])
      .filter((source) => source?.name === name);
    const readsAll =
      containers.some(({ envFrom = [] }) =>
        envFrom.some(({ configMapRef }) => configMapRef?.name === name),
      ) || mounted.some((source) => source?.items === undefined);
    if (readsAll) return [];
    const read = new Set([
      ...containers.flatMap(({ env = [] }) =>
        env.flatMap(({ valueFrom }) =>
          valueFrom?.configMapKeyRef?.name === name ? [valueFrom.configMapKeyRef.key] : [],
        ),
      ),
      ...mounted.flatMap((source) => source?.items ?? []).map(({ key }) => key),
    ]);
    return Object.keys(data)
      .filter((key) => !read.has(key))
      .map((key) => ({ path: `data${keyStep(key)}`, found: 'is read by nobody', must: 'be read by a pod' }));
  },
});
