import { parse } from 'yaml';
import type { Json, KubernetesObject } from '../documents/kubernetes';

const known = new WeakMap<KubernetesObject, Json | undefined>();

/**
 * The values of a HelmChart or HelmChartConfig of k3s. Undefined if the object sets none. The result is
 * cached, because several rules read the values.
 *
 * @throws YAMLParseError if the values are not valid YAML
 */
export function helmValues(object: KubernetesObject): Json | undefined {
  if (!known.has(object)) {
    const { valuesContent } = (object['spec'] ?? {}) as { valuesContent?: unknown };
    known.set(object, typeof valuesContent === 'string' ? (parse(valuesContent) as Json) : undefined);
  }
  return known.get(object);
}
