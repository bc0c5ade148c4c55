import { append } from '../../documents/append';
import type { KubernetesObject } from '../../documents/kubernetes';
import { namespaceOf } from '../kinds';
import { keyOf, kindOf, objectKey } from '../objects/object-key';
import type { Part } from '../part';
import { referencesOfIngresses } from './of-ingresses';
import { referencesOfObjects } from './of-objects';
import { referencesOfPod } from './of-pods';
import { referencesOfTraefik } from './of-traefik';
import type { Reference } from './reference';
import type { ReferenceSource } from './source';

/** All references between the objects of some manifests, with indexes for both directions. */
export class References {
  readonly all: readonly Part<Reference>[];
  private readonly bySource = new Map<KubernetesObject, Part<Reference>[]>();
  private readonly byTarget = new Map<string, Part<Reference>[]>();

  constructor(private readonly manifests: ReferenceSource) {
    this.all = [
      ...manifests.pods.all.flatMap(referencesOfPod),
      ...referencesOfIngresses(manifests),
      ...referencesOfTraefik(manifests),
      ...referencesOfObjects(manifests),
    ];
    for (const part of this.all) {
      append(this.bySource, part.object, part);
      append(this.byTarget, targetKey(part.value), part);
    }
  }

  /** References to objects of one kind. */
  named(kind: string): Part<Reference>[] {
    return this.all.filter(({ value }) => value.kind === kind);
  }

  /** The references of an object. */
  from(object: KubernetesObject): readonly Part<Reference>[] {
    return this.bySource.get(object) ?? [];
  }

  /** The references to an object. */
  to(object: KubernetesObject): readonly Part<Reference>[] {
    const named = this.byTarget.get(objectKey(object)) ?? [];
    if (kindOf(object) !== 'Middleware') return named;
    const annotated = { group: 'traefik.io', kind: 'Middleware', namespace: '', name: traefikName(object) };
    return [...(this.byTarget.get(targetKey(annotated)) ?? []), ...named];
  }

  /** The target of a reference, if it is in the manifests. */
  targetOf({ group, kind, namespace, name }: Reference): KubernetesObject | undefined {
    if (kind !== 'Middleware' || namespace !== '') return this.manifests.find(kind, namespace, name, group);
    return this.manifests.of('Middleware').find(({ object }) => traefikName(object) === name)?.object;
  }
}

/** The Middleware that an annotation refers to: `shop-headers@kubernetescrd` is `headers` in the namespace `shop`. */
function traefikName(middleware: KubernetesObject): string {
  return `${namespaceOf(middleware)}-${middleware.metadata.name}@kubernetescrd`;
}

type NamedObject = Pick<Reference, 'group' | 'kind' | 'namespace' | 'name'>;

function targetKey({ group, kind, namespace, name }: NamedObject): string {
  return keyOf(group, kind, namespace, name);
}
