import { describeObject } from '../../kubernetes/objects/object-key';
import { assumptions } from './assumptions';
import type { Field } from './cluster/workload';
import type { Drill } from './drill';
import { guaranteesOf } from './guarantees';

/** Where a field stands in what is written; undefined for objects that nobody writes. */
export type PlaceOf = (
  field: Field,
) => { readonly file: string; readonly line?: number | undefined } | undefined;

/** The shape of `honeydue drill --json`; a change that breaks a reader raises it. */
const version = 1;

/**
 * Everything that a drill found. Of an outcome, `ready`, `running` and `completes` are guaranteed, `likely` is not, and
 * null is unknown; seconds are at worst, and beside them comes what nobody bounds. Guarantees name their fields by file, line,
 * object and path.
 */
export function drillJson(drill: Drill, placeOf: PlaceOf, assumed: readonly string[] = []) {
  return {
    version,
    failures: drill.failures.map((failure) => ({
      id: failure.id,
      title: failure.title,
      outcomes: drill.play(failure).map(({ ready = null, running = null, ...rest }) => ({
        ready,
        running,
        ...rest,
      })),
    })),
    guarantees: guaranteesOf(drill).map(({ because, summary: _summary, ...guarantee }) => ({
      ...guarantee,
      because: because.map((field) => {
        const { file = null, line = null } = placeOf(field) ?? {};
        return { file, line, object: describeObject(field.object), path: field.path };
      }),
    })),
    notModelled: drill.told.flatMap(({ unmodelled }) =>
      unmodelled.map(({ object, path }) => ({ object: describeObject(object), path })),
    ),
    unknownReserves: drill.cluster.facts.nodes
      .filter(({ reserved }) => reserved === undefined)
      .map(({ name }) => name),
    assumptions: [...assumptions, ...assumed],
  };
}
