import type { KubernetesObject } from '../../documents/kubernetes';
import { describeObject } from '../../kubernetes/objects/object-key';
import { drillAssumptions } from './assumptions';
import type { Field } from './cluster/workload';
import { Drill } from './drill';
import type { DrillFacts } from './facts';
import { type Guarantee, guaranteesOf } from './guarantees';
import type { FailureOutcome } from './outcome';

/** Finds the line of a field in its file. Undefined for objects without a file. */
export type PlaceOf = (
  field: Field,
) => { readonly file: string; readonly line?: number | undefined } | undefined;

/**
 * The worst-case effect of a failure on one workload. All values except `likely` are guaranteed; null means unknown.
 */
export interface ReportedOutcome extends Omit<FailureOutcome, 'ready' | 'running'> {
  readonly ready: number | null;
  readonly running: number | null;
}

/** A field that a guarantee depends on. */
export interface ReportedField {
  /** Null if the drill got objects without files. */
  readonly file: string | null;
  readonly line: number | null;
  readonly object: string;
  readonly path: string;
}

/** An outcome that the manifests guarantee for a failure, and the fields that the guarantee depends on. */
export interface ReportedGuarantee extends Pick<Guarantee, 'failure' | 'workload' | 'sentence'> {
  readonly because: readonly ReportedField[];
}

/** The result of a drill as JSON data. */
export interface DrillReport {
  /** Version of the format. An incompatible change increments it. */
  readonly version: 2;
  readonly failures: readonly {
    /** Id of the failure, such as `node-lost`. */
    readonly id: string;
    readonly title: string;
    /**
     * The outcomes of every workload. For a crash or an unreachable service: only of the workloads that are affected.
     */
    readonly outcomes: readonly ReportedOutcome[];
  }[];
  readonly guarantees: readonly ReportedGuarantee[];
  /**
   * Fields that the drill does not model. For a workload with such a field, its placements and its outcome are unknown.
   */
  readonly notModelled: readonly { readonly object: string; readonly path: string }[];
  /** Nodes whose reserved resources are unknown. Their whole capacity counts as allocatable. */
  readonly unknownReserves: readonly string[];
  /** The assumptions of the result, one sentence each. */
  readonly assumptions: readonly string[];
}

/**
 * Simulates each failure on manifests of any origin, and reports the guarantees and the longest downtime.
 *
 * @param facts facts about the cluster. If no nodes are given, no pod can be scheduled.
 */
export function drill(objects: readonly KubernetesObject[], facts: DrillFacts): DrillReport {
  return drillReport(Drill.of(objects, facts), () => undefined);
}

/** The result of a drill as JSON data, with the lines of the fields. */
export function drillReport(found: Drill, placeOf: PlaceOf, assumed: readonly string[] = []): DrillReport {
  return {
    version: 2,
    failures: found.failures.map((failure) => ({
      id: failure.id,
      title: failure.title,
      outcomes: found.playAffected(failure).map(({ ready = null, running = null, ...rest }) => ({
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
    notModelled: found.workloads.flatMap(({ unmodelled }) =>
      unmodelled.map(({ object, path }) => ({ object: describeObject(object), path })),
    ),
    unknownReserves: found.cluster.facts.nodes
      .filter(({ reserved }) => reserved === undefined)
      .map(({ name }) => name),
    assumptions: [...drillAssumptions, ...assumed],
  };
}
