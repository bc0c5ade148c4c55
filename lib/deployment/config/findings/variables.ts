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
import { at, type ConfigFinding, type DeclaredNames, unknown, unknownSecret } from './finding';

/** Checks that the ConfigMap has the keys that a workload reads. */
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

/** Checks that the declared Secrets have the keys that a workload reads. */
export function secretFindings(
  name: string,
  workload: Workload,
  { secrets }: Deployment,
  declared: DeclaredNames,
): ConfigFinding[] {
  const undeclared = wholeSecretsOf(workload)
    .filter(({ secret }) => !declared.secrets.includes(secret))
    .map(({ secret, path }) => at(['workloads', name, ...path], unknownSecret(secret, declared.secrets)));
  const keys = secretKeysOf(workload).flatMap(({ secret, key, secretPath, keyPath }) => {
    if (!declared.secrets.includes(secret)) {
      return [at(['workloads', name, ...secretPath], unknownSecret(secret, declared.secrets, key))];
    }
    const contract = secrets[secret];
    if (contract === undefined || Object.hasOwn(contract.keys, key)) return [];
    const known = Object.keys(contract.keys);
    return [
      at(
        ['workloads', name, ...keyPath],
        unknown(`a key of ${secret},`, key, known, `add secrets.${secret}.keys.${key}: <what it is for>`),
      ),
    ];
  });
  return [...undeclared, ...keys];
}

/**
 * A string with `$(NAME)` must be marked as `compose` or `literal`. A composed value can refer only to
 * variables of its own container.
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
      const message = `contains $(${reference}), which Kubernetes would replace if ${reference} is a variable; write { compose: … } to insert the variable, or { literal: … } to keep the text`;
      return [at(place, message)];
    }
    return expandedNames(value.compose ?? '')
      .filter((reference) => !known.includes(reference))
      .map((reference) =>
        composed.includes(reference)
          ? at(
              [...place, 'compose'],
              `refers to $(${reference}), which is itself a composed value; write the parts of that value instead`,
            )
          : at([...place, 'compose'], unknown('the variable', reference, known)),
      );
  });
}

/**
 * A variable must be set only once in a container. If two entries have the same name, an apply may drop one
 * of them, or their order decides the value.
 */
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
        return [
          at(place, `"${key}" is not a valid variable name; ${otherWays[source] ?? otherWays['secrets']}`),
        ];
      }
      const before = seen.get(key);
      seen.set(key, source);
      return before === undefined ? [] : [at(place, `${key} is already set by ${before}; keep one of them`)];
    });
  return [
    ...(Array.isArray(container.config) ? setBy('config', ['config'], container.config) : []),
    ...Object.entries(container.secrets ?? {}).flatMap(([secret, { keys }]) =>
      setBy(`secrets.${secret}`, ['secrets', secret, 'keys'], keys),
    ),
  ];
}

const otherWays: Readonly<Record<string, string>> = {
  config: 'set a variable with another name under environment, with fromConfig',
  secrets: 'mount the key under files instead',
};

/**
 * Keys that must not be in the shared ConfigMap: workloads read it with `envFrom`, but these two variables
 * differ between workloads.
 */
export function sharedConfigFindings({ config }: Deployment): ConfigFinding[] {
  const own = ['PORT', 'HOSTNAME']
    .filter((key) => key in config.data)
    .map((key) => ({
      ...at(
        ['config', 'data', key],
        `${key} would be a variable of every workload; set it in the environment of each workload`,
      ),
      key: true,
    }));
  const size = Buffer.byteLength(JSON.stringify(config.data));
  if (size <= applicable) return own;
  const message = `has ${size} bytes; kubectl apply stores a copy of the object in an annotation, which can have at most ${applicable}. Store large data elsewhere`;
  return [...own, { ...at(['config', 'data'], message), key: true }];
}

/**
 * The maximum size of the ConfigMap in bytes: the limit for the annotations of an object, minus the size of
 * the other fields and annotations. With server-side apply, the object could be four times as large.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
 */
const applicable = 262_144 - 2048;
