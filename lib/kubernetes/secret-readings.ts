import type { KubernetesObject } from '../documents/kubernetes';
import { namespaceOf } from './kinds';
import type { Manifests } from './manifests';
import type { Part } from './part';

/** A Secret that an object reads, and of it one key or the whole. */
export interface SecretReading {
  readonly namespace: string;
  readonly name: string;
  readonly key: string | undefined;
  readonly isOptional: boolean;
}

interface Reference {
  readonly name?: string | undefined;
  readonly key?: string | undefined;
  readonly optional?: boolean | undefined;
}

/** Whatever reads a Secret: variables, volumes, pulls of images, and TLS of routes. */
export function secretReadings(manifests: Manifests): Part<SecretReading>[] {
  return [...ofContainers(manifests), ...ofPods(manifests), ...ofRoutes(manifests)];
}

function reading(
  object: KubernetesObject,
  path: string,
  { name = '', key, optional = false }: Reference,
): Part<SecretReading> {
  return { object, path, value: { namespace: namespaceOf(object), name, key, isOptional: optional } };
}

function ofContainers(manifests: Manifests): Part<SecretReading>[] {
  return manifests.containers.flatMap(({ object, path, value: { container } }) => [
    ...(container.envFrom ?? []).flatMap(({ secretRef }, index) =>
      secretRef === undefined ? [] : [reading(object, `${path}.envFrom[${index}].secretRef`, secretRef)],
    ),
    ...(container.env ?? []).flatMap(({ valueFrom }, index) =>
      valueFrom?.secretKeyRef === undefined
        ? []
        : [reading(object, `${path}.env[${index}].valueFrom.secretKeyRef`, valueFrom.secretKeyRef)],
    ),
  ]);
}

function ofPods(manifests: Manifests): Part<SecretReading>[] {
  return manifests.pods.all.flatMap(({ object, path, spec: { volumes = [], imagePullSecrets = [] } }) => [
    ...imagePullSecrets.map((secret, index) =>
      reading(object, `${path}.imagePullSecrets[${index}]`, { ...secret, key: '.dockerconfigjson' }),
    ),
    ...volumes.flatMap(({ secret, projected }, index) => {
      const place = `${path}.volumes[${index}]`;
      const sources = [
        ...(secret === undefined
          ? []
          : [{ at: `${place}.secret`, source: { ...secret, name: secret.secretName ?? '' } }]),
        ...(projected?.sources ?? []).flatMap(({ secret: source }, each) =>
          source === undefined ? [] : [{ at: `${place}.projected.sources[${each}].secret`, source }],
        ),
      ];
      return sources.flatMap(({ at, source: { name, items, optional } }) => {
        if (items === undefined) return [reading(object, at, { name, optional })];
        return items.map(({ key }, each) => reading(object, `${at}.items[${each}]`, { name, key, optional }));
      });
    }),
  ]);
}

/** Of a certificate both keys are read. */
function ofRoutes(manifests: Manifests): Part<SecretReading>[] {
  const certificate = (object: KubernetesObject, path: string, name: string) =>
    ['tls.crt', 'tls.key'].map((key) => reading(object, path, { name, key }));
  return [
    ...manifests
      .of('Ingress')
      .flatMap(({ object, fields: { spec } }) =>
        (spec?.tls ?? []).flatMap(({ secretName }, index) =>
          secretName === undefined ? [] : certificate(object, `spec.tls[${index}].secretName`, secretName),
        ),
      ),
    ...manifests
      .of('IngressRoute')
      .flatMap(({ object, fields: { spec } }) =>
        spec?.tls?.secretName === undefined
          ? []
          : certificate(object, 'spec.tls.secretName', spec.tls.secretName),
      ),
    ...manifests
      .of('Middleware')
      .flatMap(({ object, fields: { spec } }) =>
        spec?.basicAuth?.secret === undefined
          ? []
          : [reading(object, 'spec.basicAuth.secret', { name: spec.basicAuth.secret })],
      ),
  ];
}
