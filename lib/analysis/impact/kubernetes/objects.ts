import type { KubernetesObject } from '../../../documents/kubernetes';
import type { Output } from '../../../documents/output';
import { objectWithoutDefaults } from '../../../kubernetes/lifecycle/server-defaults';
import { Manifests } from '../../../kubernetes/manifests';
import { describeObject } from '../../../kubernetes/objects/object-key';
import { type Change, changes } from '../changes';

/** An object that both outputs have, with its differences. */
export interface ChangedObject {
  readonly name: string;
  readonly before: KubernetesObject;
  readonly after: KubernetesObject;
  readonly changes: readonly Change[];
}

/** The objects of one output. Values of a wrong type are left out, so that every field has the type of its schema. */
export class Objects {
  readonly manifests: Manifests;
  private lazyNames: ReadonlySet<string> | undefined;

  constructor(output: Output) {
    this.manifests = new Manifests(output.objects.map(({ object }) => object));
  }

  /** The names of the objects as messages print them: `Deployment shop/api`. */
  get names(): ReadonlySet<string> {
    this.lazyNames ??= new Set(this.manifests.all.map(describeObject));
    return this.lazyNames;
  }

  /** The objects. If several objects have the same key, only the last one. */
  get distinct(): readonly KubernetesObject[] {
    return this.manifests.all.filter((object) => this.manifests.same(object) === object);
  }
}

/** The added, removed and changed objects of two outputs. */
export interface ObjectChanges {
  readonly base: Objects;
  readonly head: Objects;
  readonly added: readonly KubernetesObject[];
  readonly removed: readonly KubernetesObject[];
  readonly changed: readonly ChangedObject[];
}

export function objectChanges(base: Objects, head: Objects): ObjectChanges {
  const missingIn = (these: Objects, others: Objects) =>
    these.distinct.filter((object) => others.manifests.same(object) === undefined);
  return {
    base,
    head,
    added: missingIn(head, base),
    removed: missingIn(base, head),
    changed: head.distinct.flatMap((after) => {
      const before = base.manifests.same(after);
      if (before === undefined) return [];
      const found = storedChanges(base.manifests.sourceOf(before), head.manifests.sourceOf(after));
      return found.length === 0 ? [] : [{ name: describeObject(after), before, after, changes: found }];
    }),
  };
}

/**
 * Changes of the stored object. A manifest that only adds or removes a field with its default value changes nothing.
 */
function storedChanges(before: KubernetesObject, after: KubernetesObject): Change[] {
  const written = changes(before, after);
  if (written.length === 0) return [];
  const stored = changes(objectWithoutDefaults(before), objectWithoutDefaults(after));
  return written.filter(({ path }) =>
    stored.some((each) => isWithin(path, each.path) || isWithin(each.path, path)),
  );
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || (path.startsWith(parent) && /^[.[]/.test(path.slice(parent.length)));
}
