import { type AlertingRule, type AlertRule, alertsOf, type Scope, type Series } from '../rule';
import { select } from '../selector';

/** 1 if the last scrape of a target succeeded, else 0. */
const up: Series = {
  name: 'up',
  standing: 'documented',
  source: 'the scraper creates it: https://prometheus.io/docs/concepts/jobs_instances/',
};

/** A job that the agent scrapes. */
export interface ScrapedJob {
  readonly job: string;
  /** The minimum number of pods; 0 if the nodes answer without a pod. */
  readonly pods: number;
  /** Whether the targets have the addresses of pods, or of the nodes behind their firewalls. @default pods */
  readonly on?: 'pods' | 'nodes';
}

/** Alerts for each scraped job: a pod does not answer, pods are missing, all pods are missing. */
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
      ? 'Find the pod with that address: kubectl get pods -A -o wide. Not running: kubectl describe it, and read its logs. Running:'
      : "kubectl get nodes: if {{ $labels.node }} is Ready, run the node's script, which installs and starts the metrics program. Otherwise";
  return {
    name: 'TargetDown',
    expression: `${select('up', scope, job)} == 0`,
    // Longer than the slowest start of an api pod (240 s, book 7): pods are scraped before they are ready.
    for: '5m',
    severity: 'critical',
    summary: `{{ $labels.instance }} of ${job} does not answer with metrics.`,
    action: `${find} the reason is at http://localhost:8429/targets after ${portForward(scope)}.${behind}`,
    emittedBy: job,
    series: [up],
  };
}

/** A pending pod has no address, so it is not a target that is down. */
function targetIncomplete(scope: Scope, job: string, pods: number): AlertRule {
  return {
    name: 'TargetIncomplete',
    expression: `count by (cluster, job) (${select('up', scope, job)}) < ${pods}`,
    for: '10m',
    severity: 'warning',
    summary: `Only {{ $value }} of ${pods} pods of ${job} exist.`,
    action:
      'kubectl get pods -A --field-selector=status.phase=Pending, and kubectl describe them: their events have the reason. kubectl get nodes: pods of a node that is down or cordoned are missing.',
    emittedBy: job,
    series: [up],
  };
}

function targetMissing(scope: Scope, job: string, pods: number): AlertRule {
  const alone =
    pods > 0
      ? 'its Deployment has no pods, or its headless Service is missing'
      : "it is missing in the agent's configuration";
  return {
    name: 'TargetMissing',
    expression: `absent(${select('up', scope, job)})`,
    for: '5m',
    severity: 'critical',
    summary: `No metrics of ${job} arrive${pods > 0 ? ', or it has no pod' : ''}.`,
    action: `If every job is missing, the agent is down or can't connect to this server: kubectl logs -n ${scope.namespace} deployment/${scope.agent}. If only this one is missing, ${alone}: http://localhost:8429/targets after ${portForward(scope)}.`,
    emittedBy: job,
    series: [up],
  };
}

/**
 * One alert for each series that other rules read: the target answers without the series. It detects a wrong
 * assumption, and an update that renames a metric; the other rule could then never fire.
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

const grounds = { documented: 'It is documented: ', stated: 'Stated: ', assumed: 'It was only assumed: ' };

function seriesMissing(scope: Scope, job: string, series: Series, reader: string): AlertRule {
  return {
    name: 'SeriesMissing',
    expression: `absent(${select(series.name, scope, job)}) and on () max(${select('up', scope, job)}) == 1`,
    for: '1h',
    severity: 'warning',
    summary: `${job} answers, but has no ${series.name}: the alert ${reader} can't fire.`,
    action: `${grounds[series.standing]}${series.source}. Correct the series' name in the rules, or what emits it.`,
    emittedBy: job,
    series: [series, up],
    labels: { series: series.name },
  };
}

function portForward({ namespace, agent }: Scope): string {
  return `kubectl port-forward -n ${namespace} deployment/${agent} 8429`;
}
