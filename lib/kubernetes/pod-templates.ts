import type { PodTemplateSpec } from '../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../documents/kubernetes';
import { type Kind, namespaceOf, type Typed } from './kinds';
import type { Pod } from './pods';

/** What pods are made from: objects by their kinds, and whether an autoscaler counts those of one. */
interface Source {
  readonly of: <K extends Kind>(kind: K) => readonly Typed<K>[];
  readonly autoscaler: (object: KubernetesObject) => unknown;
}

/** The pods of all objects that make some. */
export function podsOf(manifests: Source): Pod[] {
  const replicated = (['Deployment', 'StatefulSet', 'ReplicaSet'] as const).flatMap((kind) =>
    manifests.of(kind).map(({ object, fields: { spec } }) => {
      const replicas = manifests.autoscaler(object) === undefined ? (spec?.replicas ?? 1) : undefined;
      return made(object, spec?.template, 'spec.template.spec', true, replicas);
    }),
  );
  return [
    ...replicated,
    ...manifests
      .of('DaemonSet')
      .map(({ object, fields }) =>
        made(object, fields.spec?.template, 'spec.template.spec', true, undefined),
      ),
    ...manifests
      .of('Job')
      .map(({ object, fields }) => made(object, fields.spec?.template, 'spec.template.spec', false, 1)),
    ...manifests
      .of('CronJob')
      .map(({ object, fields }) =>
        made(
          object,
          fields.spec?.jobTemplate?.spec?.template,
          'spec.jobTemplate.spec.template.spec',
          false,
          1,
        ),
      ),
    ...manifests.of('Pod').map(({ object, fields }) => made(object, fields, 'spec', false, 1)),
  ];
}

function made(
  object: KubernetesObject,
  template: PodTemplateSpec = {},
  path: string,
  isServing: boolean,
  replicas: number | undefined,
): Pod {
  return {
    object,
    namespace: namespaceOf(object),
    labels: template.metadata?.labels ?? {},
    annotations: template.metadata?.annotations ?? {},
    spec: template.spec ?? {},
    path,
    isServing,
    replicas,
  };
}
