import { type AlertingRule, type AlertRule, alertsOf, type Scope, type Series } from '../rule';
import { select } from '../selector';

/** 1 if the last scrape of a target succeeded, else 0. */
const up: Series = {
  name: 'up',
  standing: 'documented',
  source: 'the scraper creates it: https://prometheus.io/docs/concepts/jobs_instances/',
};

/** A scrape job of the agent. */
export interface ScrapedJob {
  readonly job: string;
  /** The number of pods that exist as long as nothing fails; 0 if a program on the nodes answers. */
  readonly pods: number;
  /** Whether the targets have the addresses of pods, or of nodes, which have firewalls. @default pods */
  readonly on?: 'pods' | 'nodes';
}

/**
 * The alerts of each scrape job: a target does not answer, some pods are missing, all targets are missing.
 */
export function targetRules(scope: Scope, scraped: readonly ScrapedJob[]): AlertRule[] {
  return scraped.flatMap(({ job, pods, on = 'pods' }) => [
    targetDown(scope, job, pods, on),
    ...(pods > 1 ? [targetIncomplete(scope, job, pods)] : []),
    targetMissing(scope, job, pods),
  ]);
}

function targetDown(scope: Scope, job: string, pods: number, on: 'pods' | 'nodes'): AlertRule {
  const behind = on === 'pods' ? '' : ' If the node is up, its firewall may block the other nodes.';
  const find =
    pods > 0
      ? 'Find the pod with that address: kubectl get pods -A -o wide. If it is not running, kubectl describe it and read its logs. If it is running,'
      : "If kubectl get nodes shows that {{ $labels.node }} is Ready, run the node's script, which installs and starts the metrics program. Otherwise";
  return {
    name: 'TargetDown',
    expression: `${select('up', scope, job)} == 0`,
    // An api pod takes up to 240 s to start (book 7), and the agent scrapes pods before they are ready.
    for: '5m',
    severity: 'critical',
    summary: `{{ $labels.instance }} of ${job} does not answer the scrapes of the metrics agent.`,
    action: `${find} the reason is shown at http://localhost:8429/targets after ${portForward(scope)}.${behind}`,
    emittedBy: job,
    series: [up],
  };
}

/** A pending pod has no address, so it is no target, and TargetDown does not fire. */
function targetIncomplete(scope: Scope, job: string, pods: number): AlertRule {
  return {
    name: 'TargetIncomplete',
    expression: `count by (cluster, job) (${select('up', scope, job)}) < ${pods}`,
    for: '10m',
    severity: 'warning',
    summary: `Only {{ $value }} of ${pods} pods of ${job} exist.`,
    action:
      "The events of pending pods show why they can't start: kubectl get pods -A --field-selector=status.phase=Pending, then kubectl describe. Pods on a node that is down or cordoned are missing too: kubectl get nodes.",
    emittedBy: job,
    series: [up],
  };
}

function targetMissing(scope: Scope, job: string, pods: number): AlertRule {
  const alone =
    pods > 0
      ? 'its Deployment has no pods, or its headless Service is missing'
      : "the agent's configuration doesn't contain it";
  return {
    name: 'TargetMissing',
    expression: `absent(${select('up', scope, job)})`,
    for: '5m',
    severity: 'critical',
    summary: `No metrics of ${job} arrive${pods > 0 ? ', or it has no pod' : ''}.`,
    action: `If all jobs are missing, the agent is down or can't connect to this server: kubectl logs -n ${scope.namespace} deployment/${scope.agent}. If only this job is missing, ${alone}: see http://localhost:8429/targets after ${portForward(scope)}.`,
    emittedBy: job,
    series: [up],
  };
}

/**
 * An alert for each series that other rules read: it fires if the target answers, but doesn't emit the
 * series, so that the other rule can never fire. The cause is a wrong assumption, or an update that renamed
 * the metric.
 */
export function missingSeriesRules(
  scope: Scope,
  rules: readonly AlertingRule[],
  scraped: readonly ScrapedJob[],
): AlertRule[] {
  const jobs = scraped.map(({ job }) => job);
  const missing = new Map<string, AlertRule>();
  for (const { emittedBy: job, series, name } of alertsOf(rules)) {
    for (const each of jobs.includes(job) ? series : []) {
      const key = `${job} ${each.name}`;
      if (!missing.has(key)) missing.set(key, seriesMissing(scope, job, each, name));
    }
  }
  return [...missing.values()];
}

const grounds = {
  documented: 'The series is documented: ',
  stated: 'The configuration names the series: ',
  assumed: 'The name of the series is assumed: ',
};

function seriesMissing(scope: Scope, job: string, series: Series, reader: string): AlertRule {
  return {
    name: 'SeriesMissing',
    expression: `absent(${select(series.name, scope, job)}) and on () max(${select('up', scope, job)}) == 1`,
    for: '1h',
    severity: 'warning',
    summary: `${job} answers, but doesn't emit ${series.name}, so the alert ${reader} can't fire.`,
    action: `${grounds[series.standing]}${series.source}. Correct the name of the series in the rules, or the program that emits it.`,
    emittedBy: job,
    series: [series, up],
    labels: { series: series.name },
  };
}

function portForward({ namespace, agent }: Scope): string {
  return `kubectl port-forward -n ${namespace} deployment/${agent} 8429`;
}
