import { at, type Declared, type Finding, unknown } from './finding';
import type { Deployment } from './schema';
import type { Path } from './source';
import { isApplication, secretReferences, type Workload } from './workloads';

/** The keys of the ConfigMap that a workload reads are there. */
export function configFindings(name: string, workload: Workload, { configKeys }: Declared): Finding[] {
  if (!isApplication(workload)) return [];
  const listed = workload.config === undefined || workload.config === 'all' ? [] : workload.config;
  const variables = Object.entries(workload.environment ?? {}).flatMap(([variable, value]) =>
    typeof value === 'string'
      ? []
      : [{ key: value.fromConfig, path: ['environment', variable, 'fromConfig'] as Path }],
  );
  return [...listed.map((key, index) => ({ key, path: ['config', index] as Path })), ...variables]
    .filter(({ key }) => !configKeys.includes(key))
    .map(({ key, path }) => at(['workloads', name, ...path], unknown('the key', key, configKeys)));
}

/** The keys of Secrets that a workload reads are in their contracts. */
export function secretFindings(
  name: string,
  workload: Workload,
  { secrets }: Deployment,
  declared: Declared,
): Finding[] {
  return secretReferences(workload).flatMap(({ secret, key, secretPath, keyPath }) => {
    if (!declared.secrets.includes(secret)) {
      return [at(['workloads', name, ...secretPath], unknown('the Secret', secret, declared.secrets))];
    }
    const contract = secrets[secret];
    if (contract === undefined || Object.hasOwn(contract.keys, key)) return [];
    const known = Object.keys(contract.keys);
    return [at(['workloads', name, ...keyPath], unknown(`a key of ${secret},`, key, known))];
  });
}

/** A variable that is set twice is dropped by some applies and wins by chance in others. */
export function variableFindings(name: string, workload: Workload): Finding[] {
  if (!isApplication(workload)) return [];
  const own = new Set(Object.keys(workload.environment ?? {}));
  const listed = Array.isArray(workload.config) ? workload.config : [];
  const seen = new Map<string, string>([
    ...listed.map((key) => [key, 'config'] as const),
    ...[...own].map((variable) => [variable, 'environment'] as const),
  ]);
  return Object.entries(workload.secrets ?? {}).flatMap(([secret, { keys }]) =>
    keys.flatMap((key, index) => {
      const place = ['workloads', name, 'secrets', secret, 'keys', index];
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) {
        return [at(place, `"${key}" can't name a variable; mount the key by "files" instead`)];
      }
      const before = seen.get(key);
      seen.set(key, `secrets.${secret}`);
      return before === undefined ? [] : [at(place, `${key} is set by ${before} already; keep one of them`)];
    }),
  );
}

/** `envFrom` hands the shared ConfigMap to every workload, and these two are each workload's own. */
export function sharedConfigFindings({ config }: Deployment): Finding[] {
  return ['PORT', 'HOSTNAME']
    .filter((key) => key in config.data)
    .map((key) => ({
      ...at(['config', 'data', key], `${key} would reach every workload; state it in each one's environment`),
      key: true,
    }));
}
