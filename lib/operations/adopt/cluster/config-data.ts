import { looksSecret, namesSecret } from '../../../kubernetes/secrecy';
import { type AdoptResolver, found, notFound, stateValue } from '../resolver';
import type { RunningNamespace } from './running-namespace';

/** Finds the value of a key of the shared ConfigMap. */
export const configDataResolver: AdoptResolver<RunningNamespace> = {
  path: 'config.data.*',
  foundIn: 'the key of the ConfigMap',
  command: ({ path, deployment: { config, namespace } }) =>
    `kubectl get configmap ${config.name} -n ${namespace} -o jsonpath='{.data.${path[2]}}'`,
  find: async ({ path, deployment: { config } }, namespace) => {
    const data = await namespace.configMap(config.name);
    if (data === undefined) return notFound('missing', `ConfigMap ${config.name} does not exist`);
    const key = String(path[2]);
    const value = data[key];
    if (value === undefined) return notFound('missing', `ConfigMap ${config.name} has no key ${key}`);
    return isSecretEntry(key, value)
      ? notFound('unusable', secretAdvice(config.name, [key]))
      : found(stateValue(path, value));
  },
};

/** Finds the keys of the shared ConfigMap that are not in the configuration. */
export const configOthersResolver: AdoptResolver<RunningNamespace> = {
  path: 'config.others',
  foundIn: 'the keys of the ConfigMap that are not in the configuration',
  command: ({ deployment: { config, namespace } }) =>
    `kubectl get configmap ${config.name} -n ${namespace} -o yaml`,
  find: async ({ path, deployment: { config } }, namespace) => {
    const data = await namespace.configMap(config.name);
    if (data === undefined) return notFound('missing', `ConfigMap ${config.name} does not exist`);
    const others = Object.entries(data).filter(([key]) => !(key in config.data));
    const secrets = others.filter(([key, value]) => isSecretEntry(key, value)).map(([key]) => key);
    if (secrets.length > 0) return notFound('unusable', secretAdvice(config.name, secrets));
    const added = others
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => stateValue(['config', 'data', key], value));
    return found(...added, { kind: 'remove', path });
  },
};

/** Whether an entry looks like a secret, which must not be in a committed file. */
function isSecretEntry(key: string, value: string): boolean {
  return looksSecret(value) || (namesSecret(key) && value !== '');
}

function secretAdvice(configMap: string, keys: readonly string[]): string {
  const [subject, verb] = keys.length === 1 ? ['', 's'] : ['', ''];
  return `${subject}${keys.join(', ')} of ConfigMap ${configMap} look${verb} like a secret (not shown), which must not be in the configuration; move it into a Secret, and list the key under secrets`;
}
