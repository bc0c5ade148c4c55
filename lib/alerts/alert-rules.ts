import type { Rule, Scope, Unresolved } from './rule';
import { type ApiMetrics, apiRules } from './rules/api';
import { backupRules } from './rules/backup';
import { certificateRules } from './rules/certificate';
import { redisRules } from './rules/redis';
import { missingSeriesRules, type ScrapedJob, targetRules } from './rules/targets';
import { type WorkerMetrics, workerRules } from './rules/worker';

/** What is watched, and by which jobs. */
export interface Watched extends Scope {
  /** Every job that the agent scrapes. */
  readonly scraped: readonly ScrapedJob[];
  readonly api: ApiMetrics;
  /** The job of Redis's exporter. */
  readonly redis: string;
  /** The job of Traefik. */
  readonly ingress: string;
  /** The job under which the backup pushes, and its CronJob's name. */
  readonly backup: string;
  readonly worker: WorkerMetrics | Unresolved;
}

/** Every alert of a deployment (chapter 20, scaling triggers; chapter 0, alerting), resolved or not. */
export function alertRules(watched: Watched): Rule[] {
  const rules = [
    ...apiRules(watched, watched.api),
    ...redisRules(watched, watched.redis),
    ...certificateRules(watched, watched.ingress),
    ...backupRules(watched, watched.backup),
    ...workerRules(watched, watched.worker),
  ];
  return [
    ...targetRules(watched, watched.scraped),
    ...rules,
    ...missingSeriesRules(watched, rules, watched.scraped),
  ];
}
