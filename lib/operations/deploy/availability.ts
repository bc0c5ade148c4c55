import type { LiveWorkload } from './live-pod';

/** The rollout progress of an object. */
export interface RolloutState {
  readonly isDone: boolean;
  /** Why the controller gave up, in its own words. Undefined while the rollout can still succeed. */
  readonly failed: string | undefined;
  /** Such as `2 of 3 available`. */
  readonly progress: string;
}

const done = (progress: string): RolloutState => ({ isDone: true, failed: undefined, progress });
const waiting = (progress: string): RolloutState => ({ isDone: false, failed: undefined, progress });

/** Whether the object's status reports its current spec as rolled out. */
export function availabilityOf(kind: string, object: LiveWorkload): RolloutState {
  const { metadata, status = {} } = object;
  if (kind === 'Job') return jobAvailability(object);
  if (kind === 'PersistentVolumeClaim') return claimAvailability(object);
  if (Number(status['observedGeneration'] ?? 0) < (metadata.generation ?? 0))
    return waiting('not processed by its controller yet');
  return kind === 'DaemonSet' ? daemonAvailability(object) : replicaAvailability(kind, object);
}

function replicaAvailability(kind: string, { spec, status = {} }: LiveWorkload): RolloutState {
  const count = (field: string) => Number(status[field] ?? 0);
  const wanted = Number(spec['replicas'] ?? 1);
  const ready = count(kind === 'StatefulSet' ? 'readyReplicas' : 'availableReplicas');
  const updated = count('updatedReplicas');
  if (updated < wanted) return deadline(status, `${updated} of ${wanted} updated`);
  if (count('replicas') > updated)
    return deadline(status, `${count('replicas') - updated} old pods still run`);
  if (ready < wanted) return deadline(status, `${ready} of ${wanted} available`);
  return done(`${ready} of ${wanted} available`);
}

/** The rollout is not complete; it has failed if the Deployment exceeded its `progressDeadlineSeconds`. */
function deadline(status: NonNullable<LiveWorkload['status']>, progress: string): RolloutState {
  const failed = status.conditions?.find(
    ({ type, status: is, reason }) =>
      type === 'Progressing' && is === 'False' && reason === 'ProgressDeadlineExceeded',
  );
  return { isDone: false, failed: failed?.message, progress };
}

function daemonAvailability({ status = {} }: LiveWorkload): RolloutState {
  const count = (field: string) => Number(status[field] ?? 0);
  const wanted = count('desiredNumberScheduled');
  const progress = `${count('numberAvailable')} of ${wanted} available`;
  const isDone = count('updatedNumberScheduled') >= wanted && count('numberAvailable') >= wanted;
  return isDone ? done(progress) : waiting(progress);
}

function jobAvailability({ status = {} }: LiveWorkload): RolloutState {
  const condition = (wanted: string) =>
    status.conditions?.find(({ type, status: is }) => type === wanted && is === 'True');
  if (condition('Complete') !== undefined) return done('complete');
  const failed = condition('Failed');
  if (failed !== undefined)
    return { isDone: false, failed: `${failed.reason}: ${failed.message}`, progress: 'failed' };
  return waiting(`${Number(status['active'] ?? 0)} running`);
}

/** A pending claim counts as available: with WaitForFirstConsumer it binds only when a pod mounts it, and that pod is awaited. */
function claimAvailability({ status = {} }: LiveWorkload): RolloutState {
  if (status['phase'] === 'Lost')
    return { isDone: false, failed: 'The volume of this claim is lost.', progress: 'lost' };
  return done(String(status['phase'] ?? 'pending').toLowerCase());
}
