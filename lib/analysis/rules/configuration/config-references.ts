import type { Part } from '../../../kubernetes/part';
import type { Parts } from '../parts';
import { containers, pods } from '../parts';
import { rule } from '../rule';

/** A ConfigMap that a pod reads, and of it one key or the whole. */
interface Reference {
  readonly name: string;
  readonly key: string | undefined;
  readonly isOptional: boolean;
  readonly namespace: string;
  readonly path: string;
}

const references: Parts<Reference> = {
  kinds: pods.kinds,
  of: (manifests) => [
    ...containers
      .of(manifests)
      .flatMap(({ object, path, value: { container, pod } }): Part<Reference>[] => [
        ...(container.envFrom ?? []).flatMap(({ configMapRef: reference }, index) =>
          reference === undefined
            ? []
            : [part(object, pod.namespace, reference, `${path}.envFrom[${index}].configMapRef.name`)],
        ),
        ...(container.env ?? []).flatMap(({ valueFrom }, index) =>
          valueFrom?.configMapKeyRef === undefined
            ? []
            : [
                part(
                  object,
                  pod.namespace,
                  valueFrom.configMapKeyRef,
                  `${path}.env[${index}].valueFrom.configMapKeyRef`,
                ),
              ],
        ),
      ]),
    ...pods.of(manifests).flatMap(({ object, path, value: { namespace, spec } }) =>
      (spec.volumes ?? []).flatMap(({ configMap, projected }, index) => {
        const place = `${path}.volumes[${index}]`;
        const sources = [
          ...(configMap === undefined ? [] : [{ source: configMap, at: `${place}.configMap` }]),
          ...(projected?.sources ?? []).flatMap(({ configMap: source }, each) =>
            source === undefined ? [] : [{ source, at: `${place}.projected.sources[${each}].configMap` }],
          ),
        ];
        return sources.flatMap(({ source: { name = '', items = [{}], optional = false }, at }) =>
          items.map((item) =>
            part(object, namespace, { name, optional, ...('key' in item && { key: item.key }) }, at),
          ),
        );
      }),
    ),
  ],
};

function part(
  object: Part<unknown>['object'],
  namespace: string,
  { name = '', key, optional = false }: { name?: string; key?: string | undefined; optional?: boolean },
  path: string,
): Part<Reference> {
  return { object, path, value: { name, key, isOptional: optional, namespace, path } };
}

export const configReferences = rule({
  id: 'config-references',
  sentence: 'Every ConfigMap that a pod reads is there, with the keys that it reads.',
  why: 'The kubelet does not start a container whose configuration it does not find.',
  source: 'https://kubernetes.io/docs/concepts/configuration/configmap/',
  severity: 'high',
  fix: 'Add the ConfigMap or the key.',
  parts: references,
  faults: ({ name, key, isOptional, namespace }, manifests) => {
    const map = manifests.typed('ConfigMap', namespace, name);
    if (isOptional) return [];
    if (map === undefined)
      return [{ path: '', found: `reads ConfigMap ${name}`, must: 'read one that is among the documents' }];
    const keys = Object.keys({ ...map.data, ...map.binaryData });
    if (key === undefined || keys.includes(key)) return [];
    return [
      {
        path: '',
        found: `reads ${key} of ConfigMap ${name}`,
        must: `read one of its keys: ${keys.join(', ')}`,
      },
    ];
  },
});
