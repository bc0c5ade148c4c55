import type { Json } from '../../../documents/kubernetes';
import type { Output } from '../../../documents/output';
import type { TerraformResource } from '../../../documents/terraform';
import { argumentOf, isProtected } from '../../../terraform/lifecycle';
import { forcesReplacement } from '../../../terraform/providers';
import { referencesOf, symbolsOf } from '../../../terraform/references';
import { type Change, changes } from '../changes';
import { type ChangedResource, changedResource } from './changed-resource';

/** A resource that is in both outputs, before and after the change. */
export interface ResourcePair {
  readonly before: TerraformResource;
  readonly after: TerraformResource;
}

/** A changed object that arguments refer to. */
interface ChangeSource {
  /** Whether the object is replaced, which gives its computed attributes new values. */
  readonly isReplaced: boolean;
  readonly changes: (attribute: string) => boolean;
}

/** Keyed by the names that Terraform expressions use. */
type Sources = Map<string, ChangeSource>;

/**
 * Changes of resources, including indirect changes: an unchanged expression has a new value if its variable changes or
 * if the resource that it refers to is replaced. For example, a replaced SSH key replaces every server that uses it.
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
 * Adds a changed resource as a source of changes: its changed arguments, and all computed attributes if it is
 * replaced.
 *
 * @returns whether this adds a change that was not known
 */
function addSource(sources: Sources, { after, changes: found }: ChangedResource): boolean {
  const { type, name, body } = after;
  const changed = new Set(found.map(({ path }) => argumentOf(path)));
  const isReplaced = [...changed].some((each) => forcesReplacement(type, each)) && !isProtected(after);
  const known = sources.get(`${type}.${name}`);
  const grown = [...changed].filter((each) => known?.changes(each) !== true);
  if (grown.length === 0 && (!isReplaced || known?.isReplaced === true)) return false;
  const wasOrIsAnew = isReplaced || known?.isReplaced === true;
  sources.set(`${type}.${name}`, {
    isReplaced: wasOrIsAnew,
    changes: (attribute) =>
      changed.has(attribute) ||
      known?.changes(attribute) === true ||
      (isReplaced && (attribute === 'id' || body[attribute] === undefined)),
  });
  return true;
}

/** Arguments that refer to a changed object. */
function sourcedChanges({ body }: TerraformResource, sources: Sources): Change[] {
  if (sources.size === 0) return [];
  return Object.entries(body).flatMap(([path, value]): Change[] => {
    for (const { symbol, attribute } of referencesOf(value)) {
      const source = sources.get(symbol);
      if (source?.changes(attribute) === true)
        return [{ path, before: symbol, after: `${source.isReplaced ? 'a new' : 'another'} ${symbol}` }];
    }
    return [];
  });
}

/** Changed defaults of variables, locals, data sources and modules. */
function changedSymbols(base: Output, head: Output): Sources {
  const [before, after] = [base, head].map(symbolsOf) as [Map<string, Json>, Map<string, Json>];
  return new Map(
    [...after].flatMap(([symbol, now]) => {
      const old = before.get(symbol);
      if (old === undefined || changes(old, now).length === 0) return [];
      return [[symbol, { isReplaced: false, changes: () => true }]];
    }),
  );
}
