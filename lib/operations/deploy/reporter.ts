import type { PlannedAction } from '../plan/planned-object';
import type { Diagnosis } from './diagnosis';
import type { FailureReason } from './failure-reason';

/** What a deployment says while it runs. */
export interface DeployReporter {
  /** A phase begins that writes or awaits something. */
  phase(title: string): void;
  applied(object: string, action: PlannedAction | 'prune'): void;
  /** How far the awaited objects are, whenever that changes. */
  progress(waiting: readonly WaitingObject[]): void;
  available(object: string, seconds: number): void;
  /** Why something does not become available, as soon as the cluster knows. It may still recover. */
  trouble(object: string, reason: FailureReason): void;
  failed(diagnoses: readonly Diagnosis[]): void;
  note(sentence: string): void;
}

export interface WaitingObject {
  readonly object: string;
  /** Such as `2 of 3 available`. */
  readonly progress: string;
}
