import { describeObject, type KubernetesObject } from '../../../documents/kubernetes';
import type { Output } from '../../../documents/output';
import { Manifests } from '../../../kubernetes/manifests';
import { type Change, changes } from '../changes';

/** An object that both outputs have, and what of it differs. */
export interface ChangedObject {
  readonly name: string;
  readonly before: KubernetesObject;
  readonly after: KubernetesObject;
  readonly changes: readonly Change[];
}

/** One output's objects, found by their names; values of a wrong type are left out, so that fields can be trusted. */
export class Objects {
  readonly manifests: Manifests;
  private readonly byName = new Map<string, KubernetesObject>();

  constructor(output: Output) {
    this.manifests = new Manifests(output.objects.map(({ object }) => object));
    for (const object of this.manifests.all) this.byName.set(describeObject(object), object);
  }

  get names(): Iterable<string> {
    return this.byName.keys();
  }

  get(name: string): KubernetesObject | undefined {
    return this.byName.get(name);
  }

  /** `ConfigMap shop-config` in the namespace of another object. */
  beside({ metadata: { namespace } }: KubernetesObject, kind: string, name: string) {
    return this.byName.get(`${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`);
  }

  /** The object as it was given. */
  source(object: KubernetesObject): KubernetesObject {
    return this.manifests.sourceOf(object);
  }
}

/** The objects of two outputs, by what becomes of them. */
export interface ObjectChanges {
  readonly base: Objects;
  readonly head: Objects;
  readonly added: readonly KubernetesObject[];
  readonly removed: readonly KubernetesObject[];
  readonly changed: readonly ChangedObject[];
}

export function objectChanges(base: Objects, head: Objects): ObjectChanges {
  const missingIn = (these: Objects, others: Objects) =>
    [...these.names].flatMap((name) => (others.get(name) === undefined ? (these.get(name) ?? []) : []));
  return {
    base,
    head,
    added: missingIn(head, base),
    removed: missingIn(base, head),
    changed: [...head.names].flatMap((name) => {
      const [before, after] = [base.get(name), head.get(name)];
      if (before === undefined || after === undefined) return [];
      const found = changes(base.source(before), head.source(after));
      return found.length === 0 ? [] : [{ name, before, after, changes: found }];
    }),
  };
}
