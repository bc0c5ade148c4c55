import { parse } from 'yaml';
import type { Json, KubernetesObject } from '../documents/kubernetes';

const known = new WeakMap<KubernetesObject, Json | undefined>();

/**
 * The values that a HelmChartConfig or a HelmChart of k3s hands to its chart; undefined where it states none. Several
 * rules ask for them, so that an object's text is read once.
 *
 * @throws YAMLParseError for values that are no YAML
 */
export function helmValues(object: KubernetesObject): Json | undefined {
  if (!known.has(object)) {
    const { valuesContent } = (object['spec'] ?? {}) as { valuesContent?: unknown };
    known.set(object, typeof valuesContent === 'string' ? (parse(valuesContent) as Json) : undefined);
  }
  return known.get(object);
}
