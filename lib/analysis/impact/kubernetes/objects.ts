import type { KubernetesObject } from '../../../documents/kubernetes';
import type { Output } from '../../../documents/output';
import { objectWithoutDefaults } from '../../../kubernetes/lifecycle/server-defaults';
import { Manifests } from '../../../kubernetes/manifests';
import { describeObject } from '../../../kubernetes/objects/object-key';
import { type Change, changes } from '../changes';

/** An object that both outputs have, and what of it differs. */
export interface ChangedObject {
  readonly name: string;
  readonly before: KubernetesObject;
  readonly after: KubernetesObject;
  readonly changes: readonly Change[];
}

/** One output's objects; values of a wrong type are left out, so that fields can be trusted. */
export class Objects {
  readonly manifests: Manifests;
  private lazyNames: ReadonlySet<string> | undefined;

  constructor(output: Output) {
    this.manifests = new Manifests(output.objects.map(({ object }) => object));
  }

  /** The objects that have a name in messages such as `Deployment shop/api`. */
  get names(): ReadonlySet<string> {
    this.lazyNames ??= new Set(this.manifests.all.map(describeObject));
    return this.lazyNames;
  }

  /** The objects; of several with the same key the last. */
  get distinct(): readonly KubernetesObject[] {
    return this.manifests.all.filter((object) => this.manifests.same(object) === object);
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

/** What the API server stores otherwise than before: a default that a manifest writes out, or leaves out, changes nothing. */
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
