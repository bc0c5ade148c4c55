import type { Unresolved } from '../config/schema/unresolved';
import type { AlertingRule, Scope } from './rule';
import { type ApiMetrics, apiRules } from './rules/api';
import { backupRules } from './rules/backup';
import { type Certificates, certificateRules } from './rules/certificate';
import { nodeRules } from './rules/nodes';
import { redisRules } from './rules/redis';
import { missingSeriesRules, type ScrapedJob, targetRules } from './rules/targets';
import { type WorkerMetrics, workerRules } from './rules/worker';

/** The monitored programs and their jobs. */
export interface Watched extends Scope {
  /** Every job that the agent scrapes. */
  readonly scraped: readonly ScrapedJob[];
  readonly services: readonly ApiMetrics[];
  /** The jobs of Redis's exporters, one for each Redis. */
  readonly redis: readonly string[];
  /** The job that serves the certificates; undefined without certificates. */
  readonly certificates: Certificates | undefined;
  /** The jobs of backups that push metrics, with their CronJobs' names. */
  readonly backups: readonly string[];
  /** The job of the nodes themselves. */
  readonly nodes: string;
  readonly workers: readonly (WorkerMetrics | Unresolved)[];
}

/** All alerts of a deployment (book 20, scaling triggers; book 0, alerting), also unresolved ones. */
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
