import type { PlannedAction } from '../plan/planned-object';
import type { Diagnosis } from './diagnosis';
import type { FailureReason } from './failure-reason';

/** Receives the progress of a deployment while it runs. */
export interface DeployReporter {
  /** A phase begins that has something to apply or to wait for. */
  phase(title: string): void;
  applied(object: string, action: PlannedAction | 'prune'): void;
  /** Called whenever the progress of the awaited objects changes. */
  progress(waiting: readonly WaitingObject[]): void;
  available(object: string, seconds: number): void;
  /** Called once for each failure reason, as soon as the cluster reports it. The object may still recover. */
  trouble(object: string, reason: FailureReason): void;
  failed(diagnoses: readonly Diagnosis[]): void;
  note(sentence: string): void;
}

export interface WaitingObject {
  readonly object: string;
  /** Such as `2 of 3 available`. */
  readonly progress: string;
}
