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

/** All references between objects of the manifests, with an index by source and one by target. */
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

  /** The references that an object contains. */
  from(object: KubernetesObject): readonly Part<Reference>[] {
    return this.bySource.get(object) ?? [];
  }

  /** The references that name an object as their target. */
  to(object: KubernetesObject): readonly Part<Reference>[] {
    const named = this.byTarget.get(objectKey(object)) ?? [];
    if (kindOf(object) !== 'Middleware') return named;
    const annotated = { group: 'traefik.io', kind: 'Middleware', namespace: '', name: traefikName(object) };
    return [...(this.byTarget.get(targetKey(annotated)) ?? []), ...named];
  }

  /** The target of a reference. Undefined if the manifests don't contain the target. */
  targetOf({ group, kind, namespace, name }: Reference): KubernetesObject | undefined {
    if (kind !== 'Middleware' || namespace !== '') return this.manifests.find(kind, namespace, name, group);
    return this.manifests.of('Middleware').find(({ object }) => traefikName(object) === name)?.object;
  }
}

/**
 * The name of a Middleware in Traefik's notation: `shop-headers@kubernetescrd` for `headers` in the namespace
 * `shop`.
 */
function traefikName(middleware: KubernetesObject): string {
  return `${namespaceOf(middleware)}-${middleware.metadata.name}@kubernetescrd`;
}

type NamedObject = Pick<Reference, 'group' | 'kind' | 'namespace' | 'name'>;

function targetKey({ group, kind, namespace, name }: NamedObject): string {
  return keyOf(group, kind, namespace, name);
}
