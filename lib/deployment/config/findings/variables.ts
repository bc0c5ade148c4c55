import type { Path } from '../../../input/source';
import { expandedNames } from '../../../kubernetes/expansion';
import type { EnvironmentSource } from '../schema/container';
import { variableNameSchema } from '../schema/primitives';
import type { Deployment } from '../schema/schema';
import {
  containersOf,
  type StatedContainer,
  secretKeysOf,
  type Workload,
  wholeSecretsOf,
} from '../schema/workloads';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/** The keys of the ConfigMap that a workload reads are there. */
export function configFindings(
  name: string,
  workload: Workload,
  { configKeys }: DeclaredNames,
): ConfigFinding[] {
  return containersOf(workload).flatMap(({ container, path: own }) => {
    const listed = container.config === undefined || container.config === 'all' ? [] : container.config;
    const variables = Object.entries(container.environment ?? {}).flatMap(([variable, value]) =>
      typeof value === 'string' || value.fromConfig === undefined
        ? []
        : [{ key: value.fromConfig, path: ['environment', variable, 'fromConfig'] as Path }],
    );
    return [...listed.map((key, index) => ({ key, path: ['config', index] as Path })), ...variables]
      .filter(({ key }) => !configKeys.includes(key))
      .map(({ key, path }) => at(['workloads', name, ...own, ...path], unknown('the key', key, configKeys)));
  });
}

/** The keys of Secrets that a workload reads are in their contracts. */
export function secretFindings(
  name: string,
  workload: Workload,
  { secrets }: Deployment,
  declared: DeclaredNames,
): ConfigFinding[] {
  const undeclared = wholeSecretsOf(workload)
    .filter(({ secret }) => !declared.secrets.includes(secret))
    .map(({ secret, path }) =>
      at(['workloads', name, ...path], unknown('the Secret', secret, declared.secrets)),
    );
  const keys = secretKeysOf(workload).flatMap(({ secret, key, secretPath, keyPath }) => {
    if (!declared.secrets.includes(secret)) {
      return [at(['workloads', name, ...secretPath], unknown('the Secret', secret, declared.secrets))];
    }
    const contract = secrets[secret];
    if (contract === undefined || Object.hasOwn(contract.keys, key)) return [];
    const known = Object.keys(contract.keys);
    return [at(['workloads', name, ...keyPath], unknown(`a key of ${secret},`, key, known))];
  });
  return [...undeclared, ...keys];
}

/**
 * Text with `$(NAME)` in it says whether it is composed or literal, and a composed value refers only to variables that the
 * workload has.
 */
export function compositionFindings(
  name: string,
  workload: Workload,
  declared: DeclaredNames,
): ConfigFinding[] {
  return containersOf(workload).flatMap((stated) => compositions(name, stated, declared));
}

function compositions(
  name: string,
  { container, path }: StatedContainer,
  { configKeys }: DeclaredNames,
): ConfigFinding[] {
  const environment = Object.entries(container.environment ?? {});
  const isComposed = (value: EnvironmentSource) => typeof value !== 'string' && value.compose !== undefined;
  const composed = environment.filter(([, value]) => isComposed(value)).map(([variable]) => variable);
  const known = [
    ...environment.map(([variable]) => variable).filter((variable) => !composed.includes(variable)),
    ...(container.config === 'all' ? configKeys : (container.config ?? [])),
    ...Object.values(container.secrets ?? {}).flatMap(({ keys }) => keys),
  ];
  return environment.flatMap(([variable, value]) => {
    const place = ['workloads', name, ...path, 'environment', variable];
    if (typeof value === 'string') {
      const [reference] = expandedNames(value);
      if (reference === undefined) return [];
      const message = `has $(${reference}) in it, which may be meant literally; write { compose: … } to insert that variable, or { literal: … } to keep the text`;
      return [at(place, message)];
    }
    return expandedNames(value.compose ?? '')
      .filter((reference) => !known.includes(reference))
      .map((reference) =>
        composed.includes(reference)
          ? at(
              [...place, 'compose'],
              `refers to $(${reference}), which is composed too; write its parts instead`,
            )
          : at([...place, 'compose'], unknown('the variable', reference, known)),
      );
  });
}

/** A variable that is set twice is dropped by some applies and wins by chance in others. */
export function variableFindings(name: string, workload: Workload): ConfigFinding[] {
  return containersOf(workload).flatMap((stated) => repeatedVariables(name, stated));
}

function repeatedVariables(name: string, { container, path: own }: StatedContainer): ConfigFinding[] {
  const seen = new Map<string, string>();
  for (const variable of Object.keys(container.environment ?? {})) seen.set(variable, 'environment');
  const setBy = (source: string, path: Path, keys: readonly string[]): ConfigFinding[] =>
    keys.flatMap((key, index) => {
      const place = ['workloads', name, ...own, ...path, index];
      if (!variableNameSchema.safeParse(key).success) {
        return [at(place, `"${key}" can't name a variable; ${otherWays[source] ?? otherWays['secrets']}`)];
      }
      const before = seen.get(key);
      seen.set(key, source);
      return before === undefined ? [] : [at(place, `${key} is set by ${before} already; keep one of them`)];
    });
  return [
    ...(Array.isArray(container.config) ? setBy('config', ['config'], container.config) : []),
    ...Object.entries(container.secrets ?? {}).flatMap(([secret, { keys }]) =>
      setBy(`secrets.${secret}`, ['secrets', secret, 'keys'], keys),
    ),
  ];
}

const otherWays: Readonly<Record<string, string>> = {
  config: 'name one in "environment", with fromConfig',
  secrets: 'mount the key by "files" instead',
};

/** `envFrom` hands the shared ConfigMap to every workload, and these two are each workload's own. */
export function sharedConfigFindings({ config }: Deployment): ConfigFinding[] {
  const own = ['PORT', 'HOSTNAME']
    .filter((key) => key in config.data)
    .map((key) => ({
      ...at(['config', 'data', key], `${key} would reach every workload; state it in each one's environment`),
      key: true,
    }));
  const size = Buffer.byteLength(JSON.stringify(config.data));
  if (size <= applicable) return own;
  const message = `holds ${size} bytes; kubectl apply keeps a copy of an object in an annotation of it, where ${applicable} have room. Serve what is large from elsewhere`;
  return [...own, { ...at(['config', 'data'], message), key: true }];
}

/**
 * Bytes: what an object's annotations may hold, less what the rest of a ConfigMap and the other annotations take. The
 * object itself could have four times as much, by a server-side apply.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
 */
const applicable = 262_144 - 2048;
