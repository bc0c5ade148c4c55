import { describeSeconds } from '../../documents/duration';
import { defaultValues } from '../../kubernetes/lifecycle/default-values';
import type { DrillWorkload } from './cluster/workload';
import { type FailureOutcome, untouched } from './outcome';

export function isJob({ kind }: DrillWorkload): boolean {
  return kind === 'Job' || kind === 'CronJob';
}

/** The outcome for a Job whose run is interrupted. The run starts again, but no run is guaranteed to succeed. */
export function jobOutcome(
  { kind, name, object }: DrillWorkload,
  changes: Partial<FailureOutcome> = {},
): FailureOutcome {
  const spec = object['spec'] as { jobTemplate?: { spec?: JobSpec } } & JobSpec;
  const { backoffLimit = defaultValues.backoffLimit, activeDeadlineSeconds } = spec.jobTemplate?.spec ?? spec;
  const deadline =
    activeDeadlineSeconds === undefined ? '' : ` within ${describeSeconds(activeDeadlineSeconds)}`;
  return untouched(name, 1, {
    ready: 0,
    recovery: { kind: 'until', event: kind === 'CronJob' ? 'the next run' : 'one of the runs succeeds' },
    notes: [
      `the failure interrupts a running Job, whose pod is retried at most ${backoffLimit} times${deadline}`,
    ],
    ...changes,
  });
}

interface JobSpec {
  readonly backoffLimit?: number;
  readonly activeDeadlineSeconds?: number;
}
