import type { KubernetesObject } from '../../documents/kubernetes';
import { describeObject } from '../../kubernetes/objects/object-key';
import { drillAssumptions } from './assumptions';
import type { Field } from './cluster/workload';
import { Drill } from './drill';
import type { DrillFacts } from './facts';
import { type Guarantee, guaranteesOf } from './guarantees';
import type { FailureOutcome } from './outcome';

/** The place of a field in its file. Undefined for objects without a file. */
export type PlaceOf = (
  field: Field,
) => { readonly file: string; readonly line?: number | undefined } | undefined;

/** What a failure does to one workload: guaranteed but for `likely`, at worst, and null where it is unknown. */
export interface ReportedOutcome extends Omit<FailureOutcome, 'ready' | 'running'> {
  readonly ready: number | null;
  readonly running: number | null;
}

/** A field that a guarantee rests on. */
export interface ReportedField {
  /** Null where the drill got objects and no files. */
  readonly file: string | null;
  readonly line: number | null;
  readonly object: string;
  readonly path: string;
}

/** What the manifests guarantee in a failure, and by which of their fields. */
export interface ReportedGuarantee extends Pick<Guarantee, 'failure' | 'workload' | 'sentence'> {
  readonly because: readonly ReportedField[];
}

/** Everything that a drill found, as data that JSON can hold. */
export interface DrillReport {
  /** The shape of this; a change that breaks a reader raises it. */
  readonly version: 1;
  readonly failures: readonly {
    /** Identity, such as `node-lost`. */
    readonly id: string;
    readonly title: string;
    readonly outcomes: readonly ReportedOutcome[];
  }[];
  readonly guarantees: readonly ReportedGuarantee[];
  /** Fields that the drill does not model. Placements of such pods are not searched. */
  readonly notModelled: readonly { readonly object: string; readonly path: string }[];
  /** Nodes with unknown reserved resources: nothing is subtracted. */
  readonly unknownReserves: readonly string[];
  /** Sentences; the rest holds where they do. */
  readonly assumptions: readonly string[];
}

/**
 * What every failure costs manifests of any origin: what they guarantee, and for how long something is down at worst.
 *
 * @param facts the nodes above all: without one, nothing can be placed
 */
export function drill(objects: readonly KubernetesObject[], facts: DrillFacts): DrillReport {
  return drillReport(Drill.of(objects, facts), () => undefined);
}

/** A drill as data, with the places of the fields that it names. */
export function drillReport(found: Drill, placeOf: PlaceOf, assumed: readonly string[] = []): DrillReport {
  return {
    version: 1,
    failures: found.failures.map((failure) => ({
      id: failure.id,
      title: failure.title,
      outcomes: found.play(failure).map(({ ready = null, running = null, ...rest }) => ({
        ready,
        running,
        ...rest,
      })),
    })),
    guarantees: guaranteesOf(found).map(({ because, summary: _summary, ...guarantee }) => ({
      ...guarantee,
      because: because.map((field) => {
        const { file = null, line = null } = placeOf(field) ?? {};
        return { file, line, object: describeObject(field.object), path: field.path };
      }),
    })),
    notModelled: found.told.flatMap(({ unmodelled }) =>
      unmodelled.map(({ object, path }) => ({ object: describeObject(object), path })),
    ),
    unknownReserves: found.cluster.facts.nodes
      .filter(({ reserved }) => reserved === undefined)
      .map(({ name }) => name),
    assumptions: [...drillAssumptions, ...assumed],
  };
}
