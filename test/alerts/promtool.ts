import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertRules, type Watched } from '../../lib/alerts/alert-rules';
import { printRules } from '../../lib/alerts/print';
import { withDirectory } from '../support/configuration';

/** A deployment in which everything is known. */
export const watched: Watched = {
  cluster: 'shop',
  namespace: 'shop',
  agent: 'vmagent',
  scraped: [
    { job: 'api', pods: 3 },
    { job: 'redis', pods: 1 },
    { job: 'traefik', pods: 3 },
    { job: 'worker', pods: 1 },
  ],
  api: { job: 'api', latencyHistogram: 'http_request_duration_seconds', requestedCores: 0.1 },
  redis: 'redis',
  ingress: 'traefik',
  backup: 'postgres-backup',
  worker: { job: 'worker', counter: 'tasks_processed_total', quietFor: '2h' },
};

/** What the metrics server has: a series, and a value a minute in promtool's notation. */
export type Input = readonly [series: string, values: string];

/** What is to be true of one alert at one time. */
export interface Expectation {
  readonly alert: string;
  /** What it is that it notices, or doesn't. */
  readonly fact: string;
  /** Minutes. */
  readonly at: number;
  readonly given: readonly Input[];
  /** The labels of each that fires, beside its name: `instance="a",job="api",severity="critical"`. */
  readonly firing: readonly string[];
}

export const promtoolIsHere = spawnSync('promtool', ['--version']).status === 0;

/** What promtool has against the printed rules of a deployment; empty when it has nothing. */
export function lint(deployment: Watched = watched): string {
  return run(deployment, () => ['check', 'rules', '--lint=all', '--lint-fatal', 'rules.yaml']);
}

/** What promtool has against an expectation; empty when the printed rules meet it. */
export function unmet({ given, at, alert, firing }: Omit<Expectation, 'fact'>): string {
  const samples = firing.map((labels) => ({ labels: alerts(alert, `,${labels}`), value: 1 }));
  return testRules(given, at, {
    promql_expr_test: [{ expr: alerts(alert), eval_time: `${at}m`, exp_samples: samples }],
  });
}

/** The summary that somebody would read. promtool shows it because another is expected. */
export function summaryOf({ given, at, alert }: Omit<Expectation, 'fact' | 'firing'>): string {
  const nobody = { exp_labels: {}, exp_annotations: {} };
  const output = testRules(given, at, {
    alert_rule_test: [{ eval_time: `${at}m`, alertname: alert, exp_alerts: [nobody] }],
  });
  return /summary="((?:[^"\\]|\\.)*)"/.exec(output)?.[1] ?? output;
}

function alerts(name: string, labels = ''): string {
  return `ALERTS{alertname="${name}",alertstate="firing"${labels}}`;
}

/** Rules are evaluated once a minute, and over days every half hour: that is longer than such an alert waits. */
function testRules(given: readonly Input[], at: number, expected: object): string {
  const series = given.map(([name, values]) => ({ series: name, values }));
  const test = {
    rule_files: ['rules.yaml'],
    evaluation_interval: at > 1000 ? '30m' : '1m',
    tests: [{ interval: '1m', input_series: series, ...expected }],
  };
  return run(watched, (directory) => {
    writeFileSync(join(directory, 'test.yaml'), JSON.stringify(test));
    return ['test', 'rules', 'test.yaml'];
  });
}

function run(deployment: Watched, prepare: (directory: string) => string[]): string {
  return withDirectory((directory) => {
    writeFileSync(join(directory, 'rules.yaml'), printRules('shop', alertRules(deployment)));
    const { status, stdout, stderr } = spawnSync('promtool', prepare(directory), {
      cwd: directory,
      encoding: 'utf8',
    });
    return status === 0 ? '' : stdout + stderr;
  });
}
