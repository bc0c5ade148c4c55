import type { RoleRef, Subject } from '../../../imports/kubernetes/kinds';
import { storedGroupOf } from '../objects/groups';
import type { Part } from '../part';
import { type Reference, reference } from './reference';
import type { ReferenceSource } from './source';

/** References in autoscalers, role bindings, claims, StatefulSets and HelmCharts. */
export function referencesOfObjects(manifests: ReferenceSource): Part<Reference>[] {
  return [
    ...ofAutoscalers(manifests),
    ...ofBindings(manifests),
    ...ofClaims(manifests),
    ...ofCharts(manifests),
  ];
}

function ofAutoscalers(manifests: ReferenceSource): Part<Reference>[] {
  return manifests.of('HorizontalPodAutoscaler').flatMap(({ object, fields: { spec } }) => {
    const { kind = '', name, apiVersion = '' } = spec?.scaleTargetRef ?? {};
    return reference(object, 'spec.scaleTargetRef', kind, { name, group: storedGroupOf(apiVersion, kind) });
  });
}

function ofBindings(manifests: ReferenceSource): Part<Reference>[] {
  const bindings = [...manifests.of('RoleBinding'), ...manifests.of('ClusterRoleBinding')];
  return bindings.flatMap(({ object, fields }) => {
    const { roleRef, subjects = [] } = fields as { roleRef?: RoleRef; subjects?: readonly Subject[] };
    return [
      ...reference(object, 'roleRef', roleRef?.kind ?? '', { name: roleRef?.name }),
      // A binding to a missing ServiceAccount is valid, and has no effect.
      ...subjects.flatMap(({ kind, name, namespace }, index) =>
        kind === 'ServiceAccount'
          ? reference(object, `subjects[${index}]`, kind, { name, namespace, optional: true })
          : [],
      ),
    ];
  });
}

function ofClaims(manifests: ReferenceSource): Part<Reference>[] {
  return [
    ...manifests
      .of('PersistentVolumeClaim')
      .flatMap(({ object, fields: { spec } }) => [
        ...reference(object, 'spec.storageClassName', 'StorageClass', { name: spec?.storageClassName }),
        ...reference(object, 'spec.volumeName', 'PersistentVolume', { name: spec?.volumeName }),
      ]),
    ...manifests.of('StatefulSet').flatMap(({ object, fields: { spec } }) => [
      ...reference(object, 'spec.serviceName', 'Service', { name: spec?.serviceName }),
      ...(spec?.volumeClaimTemplates ?? []).flatMap(({ spec: claim }, index) => {
        const path = `spec.volumeClaimTemplates[${index}].spec.storageClassName`;
        return reference(object, path, 'StorageClass', { name: claim?.storageClassName });
      }),
    ]),
  ];
}

function ofCharts(manifests: ReferenceSource): Part<Reference>[] {
  const secrets = (
    object: Part<Reference>['object'],
    valuesSecrets: readonly { name?: string; keys?: readonly string[] }[] = [],
  ) =>
    valuesSecrets.flatMap(({ name, keys = [] }, index) =>
      keys.flatMap((key) => reference(object, `spec.valuesSecrets[${index}]`, 'Secret', { name, key })),
    );
  return [
    ...manifests
      .of('HelmChartConfig')
      .flatMap(({ object, fields: { spec } }) => secrets(object, spec?.valuesSecrets)),
    ...manifests
      .of('HelmChart')
      .flatMap(({ object, fields: { spec } }) => [
        ...secrets(object, spec?.valuesSecrets),
        ...reference(object, 'spec.authSecret', 'Secret', spec?.authSecret),
        ...reference(object, 'spec.dockerRegistrySecret', 'Secret', spec?.dockerRegistrySecret),
        ...reference(object, 'spec.repoCAConfigMap', 'ConfigMap', spec?.repoCAConfigMap),
      ]),
  ];
}
