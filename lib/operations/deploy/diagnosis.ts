import type { ClusterClient } from '../cluster/client';
import { ClusterError } from '../cluster/cluster-error';
import { type FailureReason, failureReasons, type ObservedWorkload } from './failure-reason';
import { maskOf, type SecretMask } from './mask';
import { timeOf } from './workload-watch';

/** Why a workload does not become available, with what its container wrote. No secret is in it. */
export interface Diagnosis {
  /** Such as `Deployment shop/api`. */
  readonly object: string;
  readonly reasons: readonly FailureReason[];
  /** The last lines of the container of the first reason. */
  readonly logs: readonly string[];
  /** Why there are no lines; empty where there are some. */
  readonly logsMissing: string;
  /** `Warning Unhealthy: Readiness probe failed…`, the latest first. */
  readonly events: readonly string[];
}

/** So many lines of a log are shown. */
const logLines = 20;

/** So many events are shown. */
const shownEvents = 5;

/** Finds out why a workload does not become available. */
export async function diagnose(
  client: ClusterClient,
  object: string,
  namespace: string,
  observed: ObservedWorkload,
): Promise<Diagnosis> {
  const mask = await readMask(client, namespace);
  const hide = (text: string) =>
    mask === undefined ? '(not shown: the Secrets can’t be read)' : mask.hide(text);
  const reasons = failureReasons(observed).map((each) => ({ ...each, text: hide(each.text) }));
  const { logs, logsMissing } = await readLogs(client, namespace, reasons, mask);
  const events = observed.events
    .filter(({ type }) => type === 'Warning')
    .sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))
    .slice(0, shownEvents)
    .map(({ type, reason, message }) => `${type} ${reason}: ${hide(message ?? '')}`);
  return { object, reasons, logs, logsMissing, events };
}

/** Undefined where the Secrets can't be read: what is to be hidden is not known then. */
async function readMask(client: ClusterClient, namespace: string): Promise<SecretMask | undefined> {
  try {
    return await maskOf(client, [namespace]);
  } catch (error) {
    if (error instanceof ClusterError) return undefined;
    throw error;
  }
}

async function readLogs(
  client: ClusterClient,
  namespace: string,
  reasons: readonly FailureReason[],
  mask: SecretMask | undefined,
): Promise<Pick<Diagnosis, 'logs' | 'logsMissing'>> {
  const [ran] = reasons.filter(
    ({ code, container }) => ['crash', 'memory', 'probe'].includes(code) && container !== '',
  );
  if (ran === undefined) return { logs: [], logsMissing: 'No container has run.' };
  if (mask === undefined)
    return {
      logs: [],
      logsMissing: 'The Secrets can’t be read, so that secrets in the log can’t be hidden.',
    };
  const path = `/api/v1/namespaces/${namespace}/pods/${ran.pod}/log?container=${ran.container}&tailLines=${logLines}`;
  // A container that was restarted has its last words in the log of the one before.
  for (const which of ['&previous=true', '']) {
    const { code, body } = await client.send('GET', path + which);
    if (code !== 200) continue;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const lines = mask
      .hide(text)
      .split(/\r?\n/)
      .filter((line) => line !== '');
    if (lines.length > 0) return { logs: lines.slice(-logLines), logsMissing: '' };
  }
  return { logs: [], logsMissing: 'The container wrote no line, or its node does not answer.' };
}
