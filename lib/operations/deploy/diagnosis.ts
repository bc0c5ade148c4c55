import type { ClusterClient } from '../cluster/client';
import { ClusterError } from '../cluster/cluster-error';
import { type FailureReason, failureReasons, type ObservedWorkload } from './failure-reason';
import { maskOf, type SecretMask } from './mask';
import { timeOf } from './workload-watch';

/** Why a workload does not become available, with the log and events of its pods. Secrets are masked. */
export interface Diagnosis {
  /** Such as `Deployment shop/api`. */
  readonly object: string;
  readonly reasons: readonly FailureReason[];
  /** The last log lines of the first container that has a failure reason and has run. */
  readonly logs: readonly string[];
  /** Why there are no log lines; empty if there are some. */
  readonly logsMissing: string;
  /** Such as `Warning Unhealthy: Readiness probe failed…`, the newest first. */
  readonly events: readonly string[];
}

const logLines = 20;

const shownEvents = 5;

export async function diagnose(
  client: ClusterClient,
  object: string,
  namespace: string,
  observed: ObservedWorkload,
): Promise<Diagnosis> {
  const mask = await readMask(client, namespace);
  const hide = (text: string) =>
    mask === undefined
      ? '(not shown: it may contain secrets, and the Secrets can’t be read to mask them)'
      : mask.hide(text);
  const reasons = failureReasons(observed).map((each) => ({ ...each, text: hide(each.text) }));
  const { logs, logsMissing } = await readLogs(client, namespace, reasons, mask);
  const events = observed.events
    .filter(({ type }) => type === 'Warning')
    .sort((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))
    .slice(0, shownEvents)
    .map(({ type, reason, message }) => `${type} ${reason}: ${hide(message ?? '')}`);
  return { object, reasons, logs, logsMissing, events };
}

/** Undefined if the Secrets can't be read: then it is unknown which values to mask. */
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
      logsMissing:
        'The log is not shown: it may contain secrets, and the Secrets can’t be read to mask them.',
    };
  const path = `/api/v1/namespaces/${namespace}/pods/${ran.pod}/log?container=${ran.container}&tailLines=${logLines}`;
  // If a container was restarted, its last output is in the log of its previous instance.
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
  return { logs: [], logsMissing: 'The container logged nothing, or its node does not answer.' };
}
