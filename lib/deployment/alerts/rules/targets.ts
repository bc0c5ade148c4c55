import { type AlertingRule, type AlertRule, alertsOf, type Scope, type Series } from '../rule';
import { select } from '../selector';

/** 1 when the last scrape of a target succeeded, else 0. */
const up: Series = {
  name: 'up',
  standing: 'documented',
  source: 'whoever scrapes makes it: https://prometheus.io/docs/concepts/jobs_instances/',
};

/** A job that the agent scrapes. */
export interface ScrapedJob {
  readonly job: string;
  /** How many pods it has at least; 0 where each node answers by itself, without a pod. */
  readonly pods: number;
  /** Where they answer: what has the nodes' addresses is behind the nodes' firewalls. @default pods */
  readonly on?: 'pods' | 'nodes';
}

/** For each scraped job: a pod that doesn't answer, too few pods, and no pod at all. */
export function targetRules(scope: Scope, scraped: readonly ScrapedJob[]): AlertRule[] {
  return scraped.flatMap(({ job, pods, on = 'pods' }) => [
    targetDown(scope, job, pods, on),
    ...(pods > 1 ? [targetIncomplete(scope, job, pods)] : []),
    targetMissing(scope, job, pods),
  ]);
}

function targetDown(scope: Scope, job: string, pods: number, on: 'pods' | 'nodes'): AlertRule {
  const behind = on === 'pods' ? '' : ' On a node that is up, its firewall may not let the nodes in.';
  const find =
    pods > 0
      ? 'Find the pod with that address: kubectl get pods -A -o wide. Not running: kubectl describe it, and read its logs. Running:'
      : "kubectl get nodes: is {{ $labels.node }} Ready? If so, run the node's script: it installs and starts what answers. Otherwise";
  return {
    name: 'TargetDown',
    expression: `${select('up', scope, job)} == 0`,
    // Longer than a new api pod may take until it listens (240 s, chapter 7): pods are watched before they are ready.
    for: '5m',
    severity: 'critical',
    summary: `{{ $labels.instance }} of ${job} does not answer with metrics.`,
    action: `${find} the reason is at http://localhost:8429/targets after ${portForward(scope)}.${behind}`,
    emittedBy: job,
    series: [up],
  };
}

/** A pod that no node has room for has no address: it isn't down, it isn't there. */
function targetIncomplete(scope: Scope, job: string, pods: number): AlertRule {
  return {
    name: 'TargetIncomplete',
    expression: `count by (cluster, job) (${select('up', scope, job)}) < ${pods}`,
    for: '10m',
    severity: 'warning',
    summary: `Only {{ $value }} of ${pods} pods of ${job} are there.`,
    action:
      'kubectl get pods -A --field-selector=status.phase=Pending, and kubectl describe them: their events name what they wait for. kubectl get nodes: one that is away or cordoned takes its pods with it.',
    emittedBy: job,
    series: [up],
  };
}

function targetMissing(scope: Scope, job: string, pods: number): AlertRule {
  const alone =
    pods > 0
      ? 'its Deployment has no pods, or its headless Service is gone'
      : 'it left the configuration of the agent';
  return {
    name: 'TargetMissing',
    expression: `absent(${select('up', scope, job)})`,
    for: '5m',
    severity: 'critical',
    summary: `Nothing is known of ${job}: ${pods > 0 ? 'no pod of it was found, or ' : ''}no metrics arrive.`,
    action: `Every job missing: the agent is gone or can't reach this server: kubectl logs -n ${scope.namespace} deployment/${scope.agent}. Only this one: ${alone}: http://localhost:8429/targets after ${portForward(scope)}.`,
    emittedBy: job,
    series: [up],
  };
}

/**
 * One alert for each series that other rules read of scraped jobs: the target answers, and the series isn't there. It
 * catches what was assumed wrongly, and an update that renames a metric: without it the rule would be silent for ever.
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
