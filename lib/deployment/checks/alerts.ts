import { objectsOf } from '../../analysis/rules/parts';
import { type Rule as CheckRule, rule } from '../../analysis/rules/rule';
import { parseQuantity } from '../../kubernetes/quantity';
import { alertRules, type Watched } from '../alerts/alert-rules';
import { checkEmitters, type Emitter, type EmitterProblem } from '../alerts/emitters';
import type { AlertingRule } from '../alerts/rule';
import type { ApiMetrics } from '../alerts/rules/api';
import type { WorkerMetrics } from '../alerts/rules/worker';
import type { SingletonWorkerConfig, WebServiceConfig, WorkerConfig } from '../config/schema/applications';
import type { Unresolved } from '../config/schema/unresolved';
import type { Workload } from '../config/schema/workloads';
import type { Model } from '../model/model';
import { ingressJob, nodeJob, scrapeTargets } from '../model/scrape-targets';

/** The alerts of a deployment, and the problems of those that can never fire. */
export interface DeploymentAlerts {
  readonly rules: readonly AlertingRule[];
  readonly problems: readonly EmitterProblem[];
}

/** The alerts of a deployment; none without a metrics agent. */
export function deploymentAlerts(model: Model): DeploymentAlerts {
  const agent = namesOf(model, 'MetricsAgent')[0];
  if (agent === undefined || model.metrics === undefined) return { rules: [], problems: [] };
  const rules = alertRules(monitoredPrograms(model, agent, model.metrics.cluster));
  return { rules, problems: checkEmitters(rules, emittersOf(model)) };
}

/** A rule that reports alerts that can never fire, because no declared target emits their series. */
export function alertsRule({ problems }: DeploymentAlerts): CheckRule {
  return rule({
    id: 'alerts',
    sentence: 'Every alert reads only series that a declared target emits.',
    why: 'An alert whose series no target emits never fires, and looks like an alert without a problem.',
    source: 'ours: only the configuration has the declared targets',
    severity: 'high',
    fix: 'Declare the target that emits the series, or remove the alert.',
    rare: true,
    // Alert rules are not Kubernetes objects, so the findings belong to the Namespace.
    parts: { kinds: ['Namespace'], of: (manifests) => objectsOf('Namespace').of(manifests).slice(0, 1) },
    faults: () =>
      problems.map(({ rule: name, message }) => ({
        path: '',
        message: `the alert ${name} ${message}`,
      })),
  });
}

/** The jobs that the agent scrapes, and the jobs that push metrics. */
function emittersOf(model: Model): Emitter[] {
  return [...scrapeTargets(model), ...namesOf(model, 'PostgresBackup').map((job) => ({ job }))];
}

function monitoredPrograms(model: Model, agent: string, cluster: string): Watched {
  const { namespace, edge, workloads } = model;
  return {
    cluster,
    namespace,
    agent,
    scraped: scrapeTargets(model),
    services: workloads.flatMap(([name, workload]) =>
      workload.kind === 'WebService' ? serviceMetrics(name, workload) : [],
    ),
    redis: namesOf(model, 'Redis').map((name) => exporterOf(model, name)),
    certificates: edge && { job: ingressJob, secret: edge.tlsSecret },
    backups: namesOf(model, 'PostgresBackup'),
    nodes: nodeJob,
    workers: workloads.flatMap(([name, workload]) =>
      workload.kind === 'SingletonWorker' || (workload.kind === 'Worker' && workload.metrics !== undefined)
        ? [workerMetrics(name, workload)]
        : [],
    ),
  };
}

function serviceMetrics(job: string, { metrics, resources }: WebServiceConfig): ApiMetrics[] {
  if (metrics === undefined) return [];
  const latencyHistogram = metrics.latencyHistogram ?? {
    unresolved: `set workloads.${job}.metrics.latencyHistogram`,
  };
  return [{ job, latencyHistogram, requestedCores: parseQuantity(resources.cpu.request) ?? 0 }];
}

/**
 * Without an exporter, no target emits Redis's series. The usual name of the exporter is then a job without a
 * target, which the rule reports.
 */
function exporterOf({ workloads }: Model, redis: string): string {
  const exporter = workloads.find(
    ([, workload]) => workload.kind === 'RedisExporter' && workload.redis === redis,
  );
  return exporter?.[0] ?? `${redis}-exporter`;
}

function workerMetrics(
  job: string,
  { metrics }: SingletonWorkerConfig | WorkerConfig,
): WorkerMetrics | Unresolved {
  if (metrics === undefined) {
    const unresolved = `${job} has no metrics port: serve its metrics on a port, and set workloads.${job}.metrics`;
    return { unresolved };
  }
  return { job, counter: metrics.taskCounter, quietFor: metrics.quietFor };
}

function namesOf({ workloads }: Model, kind: Workload['kind']): string[] {
  return workloads.filter(([, workload]) => workload.kind === kind).map(([name]) => name);
}
