import type { Unresolved } from '../config/schema/unresolved';
import type { AlertingRule, Scope } from './rule';
import { type ApiMetrics, apiRules } from './rules/api';
import { backupRules } from './rules/backup';
import { type Certificates, certificateRules } from './rules/certificate';
import { nodeRules } from './rules/nodes';
import { redisRules } from './rules/redis';
import { missingSeriesRules, type ScrapedJob, targetRules } from './rules/targets';
import { type WorkerMetrics, workerRules } from './rules/worker';

/** The programs to monitor, by the value of the label `job` in their metrics. */
export interface Watched extends Scope {
  /** All scrape jobs of the agent. */
  readonly scraped: readonly ScrapedJob[];
  readonly services: readonly ApiMetrics[];
  /** The jobs of the Redis exporters: each Redis has one. */
  readonly redis: readonly string[];
  /** The job that reports when certificates expire; undefined for a deployment without certificates. */
  readonly certificates: Certificates | undefined;
  /** The jobs of the backups that push metrics. A job has the name of its CronJob. */
  readonly backups: readonly string[];
  /** The job of the nodes' own metrics. */
  readonly nodes: string;
  readonly workers: readonly (WorkerMetrics | Unresolved)[];
}

/** All alerts of a deployment, including unresolved ones (book 20, scaling triggers; book 0, alerting). */
export function alertRules(watched: Watched): AlertingRule[] {
  const rules = [
    ...watched.services.flatMap((service) => apiRules(watched, service)),
    ...watched.redis.flatMap((job) => redisRules(watched, job)),
    ...(watched.certificates === undefined ? [] : certificateRules(watched, watched.certificates)),
    ...watched.backups.flatMap((job) => backupRules(watched, job)),
    ...nodeRules(watched, watched.nodes),
    ...watched.workers.flatMap((worker) => workerRules(watched, worker)),
  ];
  return [
    ...targetRules(watched, watched.scraped),
    ...rules,
    ...missingSeriesRules(watched, rules, watched.scraped),
  ];
}
