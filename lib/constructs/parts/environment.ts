import { createHash } from 'node:crypto';
import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { didYouMean } from '../../documents/nearest';
import { escapeExpansion, expandedNames } from '../../kubernetes/expansion';
import { isEnvironmentName } from '../../kubernetes/names';
import { dataKey, environmentName, objectName, revision } from '../../kubernetes/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';
import { madeFrom } from './provenance';

/** A ConfigMap and its data. If the value of a key changes, the pods that read the key restart. */
export interface ConfigMapSource {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
}

/** A Secret that exists in the cluster. Its values are not known when the manifests are made. */
export interface SecretSource {
  readonly name: string;
  /**
   * A number that you increase after you change the Secret, so that the pods that read the Secret restart.
   * @default a changed Secret restarts no pods
   */
  readonly revision?: number;
}

/** One key of a Secret. */
export interface SecretKey {
  readonly secret: SecretSource;
  readonly key: string;
}

/**
 * A value that contains other variables of the same container, such as
 * `redis://:$(REDIS_PASSWORD)@redis:6379`. `$$` is a literal dollar sign.
 */
export interface ComposedValue {
  readonly compose: string;
}

/** The value of a variable: a literal string, a composed value, or a key of a ConfigMap or a Secret. */
export type EnvironmentValue =
  | string
  | ComposedValue
  | { readonly configMap: ConfigMapSource; readonly key: string }
  | SecretKey;

/** The environment variables of a container. */
export interface Environment {
  /** Variables by name. @default none */
  readonly environment?: Readonly<Record<string, EnvironmentValue>>;
  /** ConfigMaps whose keys all become variables. A change of any key restarts the pods. @default none */
  readonly envFrom?: readonly ConfigMapSource[];
}

/**
 * The variables, sorted by name, so that their order in the props has no effect. Composed values come last,
 * because the kubelet expands only variables that precede them.
 */
export function variables(props: Environment): k8s.EnvVar[] {
  const { environment = {} } = props;
  const names = Object.keys(environment).sort();
  return [...names.filter((name) => !isComposed(environment[name])), ...composedNames(environment)].map(
    (name) => madeFrom(variable(name, environment[name] ?? ''), props, ['environment', name]),
  );
}

export function variableSources(props: Environment): k8s.EnvFromSource[] {
  return (props.envFrom ?? []).map(({ name }, index) =>
    madeFrom({ configMapRef: { name } }, props, ['envFrom', index]),
  );
}

/** Reports invalid values in a reference to a key of a Secret. */
export function secretKeyProblems(
  path: readonly string[],
  { secret, key }: SecretKey,
): (PropProblem | undefined)[] {
  return [
    ruleProblem([...path, 'secret', 'name'], secret.name, objectName),
    ruleProblem([...path, 'secret', 'revision'], secret.revision, revision),
    ruleProblem([...path, 'key'], key, dataKey),
  ];
}

/**
 * Reports names that Kubernetes refuses, and references to ConfigMap keys that don't exist. A container with
 * such a reference never starts.
 */
export function environmentProblems({
  environment = {},
  envFrom = [],
}: Environment): (PropProblem | undefined)[] {
  return [
    ...variableProblems(environment, envFrom),
    ...envFrom.map(({ name }, index) => ruleProblem(['envFrom', index, 'name'], name, objectName)),
  ];
}

function variableProblems(
  environment: Readonly<Record<string, EnvironmentValue>>,
  envFrom: readonly ConfigMapSource[],
): (PropProblem | undefined)[] {
  return Object.entries(environment).flatMap(([name, value]) => {
    const path = ['environment', name];
    const named = isEnvironmentName(name)
      ? undefined
      : { path, message: `is not a valid variable name; it must be ${environmentName.right}` };
    if (typeof value === 'string') return [named];
    if (isComposed(value)) return [named, ...compositionProblems(path, value, environment, envFrom)];
    if ('secret' in value) return [named, ...secretKeyProblems(path, value)];
    const { name: map, data } = value.configMap;
    if (Object.hasOwn(data, value.key)) return [named];
    const keys = Object.keys(data);
    const hint = didYouMean(value.key, keys) || `; its keys: ${keys.join(', ') || 'none'}`;
    return [
      named,
      {
        path: [...path, 'key'],
        message: `is "${value.key}", but the ConfigMap ${map} has no such key${hint}`,
      },
    ];
  });
}

function isComposed(value: EnvironmentValue = ''): value is ComposedValue {
  return typeof value !== 'string' && 'compose' in value;
}

function composedNames(environment: Readonly<Record<string, EnvironmentValue>>): string[] {
  return Object.keys(environment)
    .filter((name) => isComposed(environment[name]))
    .sort();
}

/**
 * Reports references to unknown variables. The kubelet does not expand such a reference, and reports no
 * error.
 */
function compositionProblems(
  path: readonly string[],
  { compose }: ComposedValue,
  environment: Readonly<Record<string, EnvironmentValue>>,
  envFrom: readonly ConfigMapSource[],
): PropProblem[] {
  const composed = composedNames(environment);
  const known = [...Object.keys(environment), ...envFrom.flatMap(({ data }) => Object.keys(data))].filter(
    (name) => !composed.includes(name),
  );
  return expandedNames(compose)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const problem = composed.includes(name)
        ? `which is itself a composed value; refer to the variables that ${name} is composed of`
        : `which is not a variable of the container${didYouMean(name, known) || '; add the variable, or write $$ for a dollar sign'}`;
      return { path: [...path, 'compose'], message: `refers to $(${name}), ${problem}` };
    });
}

/** Merges the environments of a pod's containers, for values that depend on all of their variables. */
export function joinEnvironments(environments: readonly Environment[]): Environment {
  const variables = environments.flatMap(({ environment = {} }, index) =>
    Object.entries(environment).map(([name, value]) => [`${index}/${name}`, value] as const),
  );
  return {
    environment: Object.fromEntries(variables),
    envFrom: environments.flatMap(({ envFrom = [] }) => envFrom),
  };
}

/**
 * Annotations that change the pod template if a ConfigMap or a Secret changes, because Kubernetes does not
 * restart pods after such a change. `checksum/<ConfigMap>` covers only the keys that the pod reads;
 * `revision/<Secret>` is the `revision` in the props.
 *
 * @param secrets Secrets that the pod reads as files
 */
export function readAnnotations(
  { environment = {}, envFrom = [] }: Environment,
  secrets: readonly SecretSource[] = [],
): Record<string, string> {
  const values = Object.values(environment).flatMap((value) =>
    typeof value === 'string' || isComposed(value) ? [] : [value],
  );
  const read = new Map<string, Record<string, string>>();
  for (const { name, data } of envFrom) read.set(name, { ...data });
  const revisions = new Map<string, number>();
  for (const value of values) {
    if ('configMap' in value) {
      const { name, data } = value.configMap;
      read.set(name, { ...read.get(name), [value.key]: data[value.key] ?? '' });
    }
  }
  const secretsRead = [...values.flatMap((value) => ('secret' in value ? [value.secret] : [])), ...secrets];
  for (const { name, revision } of secretsRead) if (revision !== undefined) revisions.set(name, revision);
  return Object.fromEntries([
    ...[...read].map(([name, data]) => [`checksum/${name}`, checksum(data)]),
    ...[...revisions].map(([name, revision]) => [`revision/${name}`, String(revision)]),
  ]);
}

/** A hash of the sorted entries, with sixteen hexadecimal digits. */
function checksum(data: Record<string, string>): string {
  const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 16);
}

function variable(name: string, value: EnvironmentValue): k8s.EnvVar {
  if (typeof value === 'string') return { name, value: escapeExpansion(value) };
  if (isComposed(value)) return { name, value: value.compose };
  if ('secret' in value) {
    return { name, valueFrom: { secretKeyRef: { name: value.secret.name, key: value.key } } };
  }
  return { name, valueFrom: { configMapKeyRef: { name: value.configMap.name, key: value.key } } };
}
