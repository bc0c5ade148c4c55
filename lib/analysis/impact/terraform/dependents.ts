import type { Json } from '../../../documents/kubernetes';
import type { Output } from '../../../documents/output';
import type { TerraformResource } from '../../../documents/terraform';
import { argumentOf, isProtected } from '../../../terraform/lifecycle';
import { forcesReplacement } from '../../../terraform/providers';
import { referencesOf, symbolsOf } from '../../../terraform/references';
import { type Change, changes } from '../changes';
import { type ChangedResource, changedResource } from './changed-resource';

/** A resource of both outputs: what it is, and what it is to be. */
export interface ResourcePair {
  readonly before: TerraformResource;
  readonly after: TerraformResource;
}

/** What arguments refer to and what changes. */
interface ChangeSource {
  /** Whether it is made anew, and so has another value for everything that it doesn't state. */
  readonly isAnew: boolean;
  readonly changes: (attribute: string) => boolean;
}

/** By their names in expressions. */
type Sources = Map<string, ChangeSource>;

/**
 * What changes of resources, that of others included: an argument that reads the same has another value when the variable
 * behind it has, or when the resource that it names is made anew. An SSH key that is replaced replaces every server that
 * names it.
 *
 * @see https://developer.hashicorp.com/terraform/language/resources/behavior
 */
export function changedWithSources(
  pairs: readonly ResourcePair[],
  base: Output,
  head: Output,
): ChangedResource[] {
  const sources = changedSymbols(base, head);
  for (;;) {
    const found = pairs.flatMap(({ before, after }) =>
      changedResource(before, after, sourcedChanges(after, sources)),
    );
    if (found.filter((resource) => addSource(sources, resource)).length === 0) return found;
  }
}

/**
 * What refers to a resource that changes: to what changes of it, and of one that is made anew to all that it doesn't state.
 *
 * @returns whether more of it changes than was known
 */
function addSource(sources: Sources, { after, changes: found }: ChangedResource): boolean {
  const { type, name, body } = after;
  const changed = new Set(found.map(({ path }) => argumentOf(path)));
  const isAnew = [...changed].some((each) => forcesReplacement(type, each)) && !isProtected(after);
  const known = sources.get(`${type}.${name}`);
  const grown = [...changed].filter((each) => known?.changes(each) !== true);
  if (grown.length === 0 && (!isAnew || known?.isAnew === true)) return false;
  const wasOrIsAnew = isAnew || known?.isAnew === true;
  sources.set(`${type}.${name}`, {
    isAnew: wasOrIsAnew,
    changes: (attribute) =>
      changed.has(attribute) ||
      known?.changes(attribute) === true ||
      (isAnew && (attribute === 'id' || body[attribute] === undefined)),
  });
  return true;
}

/** The arguments that refer to what changed elsewhere. */
function sourcedChanges({ body }: TerraformResource, sources: Sources): Change[] {
  if (sources.size === 0) return [];
  return Object.entries(body).flatMap(([path, value]): Change[] => {
    for (const { symbol, attribute } of referencesOf(value)) {
      const source = sources.get(symbol);
      if (source?.changes(attribute) === true)
        return [{ path, before: symbol, after: `${source.isAnew ? 'a new' : 'another'} ${symbol}` }];
    }
    return [];
  });
}

/** Variables with another default, locals, data sources and modules that change. */
function changedSymbols(base: Output, head: Output): Sources {
  const [before, after] = [base, head].map(symbolsOf) as [Map<string, Json>, Map<string, Json>];
  return new Map(
    [...after].flatMap(([symbol, now]) => {
      const old = before.get(symbol);
      if (old === undefined || changes(old, now).length === 0) return [];
      return [[symbol, { isAnew: false, changes: () => true }]];
    }),
  );
}
