import type { Unresolved } from '../config/schema/unresolved';
import type { AlertingRule, Scope } from './rule';
import { type ApiMetrics, apiRules } from './rules/api';
import { backupRules } from './rules/backup';
import { type Certificates, certificateRules } from './rules/certificate';
import { nodeRules } from './rules/nodes';
import { redisRules } from './rules/redis';
import { missingSeriesRules, type ScrapedJob, targetRules } from './rules/targets';
import { type WorkerMetrics, workerRules } from './rules/worker';

/** What is watched, and by which jobs. */
export interface Watched extends Scope {
  /** Every job that the agent scrapes. */
  readonly scraped: readonly ScrapedJob[];
  readonly services: readonly ApiMetrics[];
  /** The jobs of Redis's exporters, one for each Redis. */
  readonly redis: readonly string[];
  /** Whoever serves the certificates; undefined where there are none. */
  readonly certificates: Certificates | undefined;
  /** The jobs under which backups push, and their CronJobs' names. */
  readonly backups: readonly string[];
  /** The job of the nodes themselves. */
  readonly nodes: string;
  readonly workers: readonly (WorkerMetrics | Unresolved)[];
}

/** Every alert of a deployment (chapter 20, scaling triggers; chapter 0, alerting), resolved or not. */
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
