import type { Container } from '../../../../imports/kubernetes/kinds';
import type { ServedObject } from '../servers/api-client';
import type { ServedPod } from './pods';

interface Data extends ServedObject {
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
}

interface Claim extends ServedObject {
  readonly status?: { readonly phase?: string };
}

/** What a kubelet reads before it starts a container. */
export interface Sources {
  readonly configMaps: ReadonlyMap<string, Data>;
  readonly secrets: ReadonlyMap<string, Data>;
  readonly claims: ReadonlyMap<string, Claim>;
}

/** What a container or a volume takes from a ConfigMap or a Secret. */
interface Reading {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string | undefined;
  /** Every one of them must be there. */
  readonly keys: readonly (string | undefined)[];
  readonly optional: boolean | undefined;
}

/** Why a pod's volumes can't be mounted; undefined if they can. */
export function mountObstacle(pod: ServedPod, sources: Sources): string | undefined {
  const { namespace } = pod.metadata;
  for (const { secret, configMap, projected, persistentVolumeClaim } of pod.spec.volumes ?? []) {
    const readings: Reading[] = [];
    if (secret !== undefined)
      readings.push(reading('Secret', secret.secretName, secret.items, secret.optional));
    if (configMap !== undefined)
      readings.push(reading('ConfigMap', configMap.name, configMap.items, configMap.optional));
    for (const source of projected?.sources ?? []) {
      if (source.secret !== undefined)
        readings.push(reading('Secret', source.secret.name, source.secret.items, source.secret.optional));
      if (source.configMap !== undefined)
        readings.push(
          reading('ConfigMap', source.configMap.name, source.configMap.items, source.configMap.optional),
        );
    }
    const missing = firstMissing(readings, namespace, sources);
    if (missing !== undefined) return missing;
    if (persistentVolumeClaim !== undefined) {
      const claim = find(sources.claims, namespace, persistentVolumeClaim.claimName);
      if (claim?.status?.phase !== 'Bound')
        return `PersistentVolumeClaim ${persistentVolumeClaim.claimName} is not bound`;
    }
  }
  return undefined;
}

/** Why a container's environment can't be made; undefined if it can. */
export function environmentObstacle(
  { env = [], envFrom = [] }: Container,
  namespace: string,
  sources: Sources,
): string | undefined {
  const readings: Reading[] = [];
  for (const { configMapRef, secretRef } of envFrom) {
    if (configMapRef !== undefined)
      readings.push(reading('ConfigMap', configMapRef.name, [], configMapRef.optional));
    if (secretRef !== undefined) readings.push(reading('Secret', secretRef.name, [], secretRef.optional));
  }
  for (const { valueFrom } of env) {
    const { configMapKeyRef, secretKeyRef } = valueFrom ?? {};
    if (configMapKeyRef !== undefined)
      readings.push(
        reading('ConfigMap', configMapKeyRef.name, [{ key: configMapKeyRef.key }], configMapKeyRef.optional),
      );
    if (secretKeyRef !== undefined)
      readings.push(reading('Secret', secretKeyRef.name, [{ key: secretKeyRef.key }], secretKeyRef.optional));
  }
  return firstMissing(readings, namespace, sources);
}

function reading(
  kind: Reading['kind'],
  name: string | undefined,
  items: readonly { readonly key?: string | undefined }[] | undefined,
  optional: boolean | undefined,
): Reading {
  return { kind, name, keys: (items ?? []).map(({ key }) => key), optional };
}

function firstMissing(readings: readonly Reading[], namespace: string, sources: Sources): string | undefined {
  for (const { kind, name, keys, optional } of readings) {
    if (optional === true) continue;
    const object = find(kind === 'Secret' ? sources.secrets : sources.configMaps, namespace, name);
    if (object === undefined) return `${kind} ${name} is not there`;
    const key = keys.find(
      (each) => each !== undefined && (object.data ?? object.binaryData)?.[each] === undefined,
    );
    if (key !== undefined) return `${kind} ${name} has no key ${key}`;
  }
  return undefined;
}

function find<Kind extends ServedObject>(
  objects: ReadonlyMap<string, Kind>,
  namespace: string,
  name: string | undefined,
): Kind | undefined {
  return [...objects.values()].find(
    ({ metadata }) => metadata.namespace === namespace && metadata.name === name,
  );
}
