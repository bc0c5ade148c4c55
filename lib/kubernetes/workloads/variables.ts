import type { ConfigMap, Container } from '../../../imports/kubernetes/kinds';
import type { Manifests } from '../manifests';

/**
 * The environment variables of a container whose values the manifests contain, in the container itself or in a
 * ConfigMap.
 */
export function literalVariables(
  { env = [], envFrom = [] }: Container,
  namespace: string,
  manifests: Manifests,
): Map<string, string> {
  const dataOf = (name = ''): NonNullable<ConfigMap['data']> =>
    manifests.typed('ConfigMap', namespace, name)?.data ?? {};
  const variables = new Map<string, string>();
  for (const { configMapRef, prefix = '' } of envFrom)
    for (const [key, value] of Object.entries(dataOf(configMapRef?.name))) variables.set(prefix + key, value);
  for (const { name = '', value, valueFrom } of env) {
    const { configMapKeyRef } = valueFrom ?? {};
    const text = value ?? dataOf(configMapKeyRef?.name)[configMapKeyRef?.key ?? ''];
    if (text === undefined) variables.delete(name);
    else variables.set(name, text);
  }
  return variables;
}
