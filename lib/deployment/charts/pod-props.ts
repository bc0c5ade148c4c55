import type { SidecarContainer } from '../../constructs/parts/containers';
import type { ConfigMapSource, EnvironmentValue, SecretSource } from '../../constructs/parts/environment';
import type { PodExtras, PodProps } from '../../constructs/parts/pod';
import { madeFrom } from '../../constructs/parts/provenance';
import type { SecretFile } from '../../constructs/parts/volumes';
import { placeholder } from '../../documents/unresolved';
import type { Path } from '../../input/source';
import type { Application } from '../config/schema/applications';
import type { EnvironmentSource, SidecarConfig } from '../config/schema/container';
import { isUnresolved } from '../config/schema/unresolved';
import type { Workload } from '../config/schema/workloads';
import { imageReferenceOf, type Model } from '../model/model';
import { namePriorityClass, priorityOf } from '../model/priority';

/** The shared ConfigMap, with placeholders for unresolved values. */
export function sharedConfig({ config }: Model): ConfigMapSource {
  const data = Object.entries(config.data).map(([key, value]) => [
    key,
    isUnresolved(value) ? placeholder : value,
  ]);
  const others = config.others === undefined ? [] : [['UNRESOLVED_OTHERS', placeholder]];
  return { name: config.name, data: Object.fromEntries([...data, ...others]) };
}

/** A Secret, with the revision that the configuration sets. */
export function secretSource({ secrets }: Model, name: string): SecretSource {
  const revision = secrets[name]?.revision;
  return { name, ...(revision !== undefined && { revision }) };
}

/** An environment variable, with the path in the workload that defines it. */
type Variable = readonly [name: string, value: EnvironmentValue, key: Path];

/** The keys of a container that define environment variables. */
type EnvironmentConfig = Pick<Application, 'environment' | 'config' | 'secrets'>;

function environmentOf(
  model: Model,
  container: EnvironmentConfig,
  shared: ConfigMapSource,
): Record<string, EnvironmentValue> {
  const all: readonly Variable[] = [
    ...configVariables(container, shared),
    ...secretVariables(model, container),
    ...ownVariables(container, shared),
  ];
  const keys = Object.fromEntries(all.map(([name, , key]) => [name, key]));
  return madeFrom(Object.fromEntries(all), container, keys);
}

/** The pod props of an application that every kind has. */
export function podProps(model: Model, workload: Application): PodProps {
  const shared = sharedConfig(model);
  return {
    image: imageOf(model, workload.image),
    resources: workload.resources,
    imagePullSecret: model.imagePullSecret,
    priorityClass: priorityClassOf(model, workload),
    ...userProps(workload.user),
    environment: environmentOf(model, workload, shared),
    ...(workload.config === 'all' && { envFrom: [shared] }),
    files: secretFiles(model, workload),
    ...(workload.command !== undefined && !isUnresolved(workload.command) && { command: workload.command }),
    ...stated(workload, 'scratch', 'args', 'serviceAccount'),
    ...podExtrasOf(model, workload),
  };
}

/** The optional pod settings of the configuration, such as labels and tolerations, for any kind. */
export function podExtrasOf(model: Model, workload: Pick<Application, keyof PodExtras>): PodExtras {
  const { initContainers, sidecars } = workload;
  const container = (each: SidecarConfig): SidecarContainer => extraContainer(model, each);
  return {
    ...stated(workload, 'labels', 'annotations', 'nodeSelector', 'affinity', 'tolerations', 'volumes'),
    ...(initContainers !== undefined && { initContainers: initContainers.map(container) }),
    ...(sidecars !== undefined && { sidecars: sidecars.map(container) }),
  };
}

function extraContainer(model: Model, container: SidecarConfig): SidecarContainer {
  const shared = sharedConfig(model);
  const props = {
    name: container.name,
    image: imageOf(model, container.image),
    resources: container.resources,
    environment: environmentOf(model, container, shared),
    ...(container.config === 'all' && { envFrom: [shared] }),
    ...stated(container, 'command', 'args', 'mounts', 'port', 'probes'),
  };
  return madeFrom(props, container, {
    ...Object.fromEntries(Object.keys(container).map((key) => [key, [key]])),
    envFrom: ['config'],
  });
}

/** Picks the keys that are set. */
export function stated<Config extends object, Key extends keyof Config>(
  config: Config,
  ...keys: readonly Key[]
): Pick<Config, Key> {
  return Object.fromEntries(
    keys.flatMap((key) => (config[key] === undefined ? [] : [[key, config[key]]])),
  ) as Pick<Config, Key>;
}

export function imageOf({ images }: Model, name: string): string {
  const image = images[name];
  if (image === undefined) throw new Error(`no image is called ${name}`);
  return imageReferenceOf(image);
}

/** The name of the PriorityClass of the workload's pods. */
export function priorityClassOf({ namespace }: Model, workload: Workload): string {
  return namePriorityClass(namespace, priorityOf(workload));
}

/**
 * Leaves out an unresolved uid. The container then runs as the image's user, and does not start if that is
 * root.
 */
export function userProps(user: Application['user']): { user?: number } {
  return isUnresolved(user) ? {} : { user };
}

function ownVariables({ environment = {} }: EnvironmentConfig, configMap: ConfigMapSource): Variable[] {
  return Object.entries(environment).map(([name, value]) => [
    name,
    environmentValue(value, configMap),
    ['environment', name],
  ]);
}

function environmentValue(value: EnvironmentSource, configMap: ConfigMapSource): EnvironmentValue {
  if (typeof value === 'string') return value;
  if (value.compose !== undefined) return { compose: value.compose };
  return value.fromConfig === undefined ? (value.literal ?? '') : { configMap, key: value.fromConfig };
}

function configVariables({ config }: EnvironmentConfig, configMap: ConfigMapSource): Variable[] {
  if (config === undefined || config === 'all') return [];
  return config.map((key, index) => [key, { configMap, key }, ['config', index]]);
}

/**
 * Unresolved variables become one variable that refers to a missing key of the Secret, so the container can't
 * be created.
 */
function secretVariables(model: Model, { secrets = {} }: EnvironmentConfig): Variable[] {
  return Object.entries(secrets).flatMap(([name, { keys, others }]): Variable[] => {
    const secret = secretSource(model, name);
    const known = keys.map(
      (key, index): Variable => [key, { secret, key }, ['secrets', name, 'keys', index]],
    );
    if (others === undefined) return known;
    const variable = `${placeholder}_others_of_${name}`.toUpperCase().replaceAll(/[^A-Z0-9_]/g, '_');
    return [...known, [variable, { secret, key: placeholder }, ['secrets', name, 'others']]];
  });
}

/** Unresolved files become a volume of a missing Secret, so the pod can't start. */
function secretFiles(model: Model, { files = {} }: Application): Record<string, SecretFile> {
  if (isUnresolved(files)) {
    return {
      [placeholder]: { secret: { name: placeholder }, key: placeholder, directory: `/${placeholder}` },
    };
  }
  return Object.fromEntries(
    Object.entries(files).map(([volume, { secret, key, directory }]) => [
      volume,
      { secret: secretSource(model, secret), key, directory },
    ]),
  );
}
