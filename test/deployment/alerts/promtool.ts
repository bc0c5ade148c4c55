import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alertRules, type Watched } from '../../../lib/deployment/alerts/alert-rules';
import { printRules } from '../../../lib/deployment/alerts/print';
import { withDirectory } from '../../support/configuration';
import { watched } from './watched';

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

/** What promtool has against the printed rules of a deployment; empty when it has nothing. */
export function lint(deployment: Watched = watched): string {
  return promtool((directory) => {
    writeFileSync(join(directory, 'rules.yaml'), printRules('shop', alertRules(deployment)));
    return ['check', 'rules', '--lint=all', '--lint-fatal', 'rules.yaml'];
  });
}

/** What is asked of the printed rules: promtool answers by finding something else than is expected. */
export interface Question {
  readonly alert: string;
  readonly given: readonly Input[];
  /** Minutes. */
  readonly at: number;
  /** One test of promtool's, which is to name the question by this mark. */
  readonly expected: (mark: string) => object;
}

/** Whether the printed rules meet an expectation. */
export function whether({ given, at, alert, firing }: Omit<Expectation, 'fact'>): Question {
  const samples = firing.map((labels) => ({ labels: alerts(alert, `,${labels}`), value: 1 }));
  // No alert has such a label: the matcher excludes nothing, and is shown with what fails.
  const expected = (mark: string) => ({
    promql_expr_test: [
      { expr: alerts(alert, `,mark!="${mark}"`), eval_time: `${at}m`, exp_samples: samples },
    ],
  });
  return { alert, given, at, expected };
}

/** What somebody would read. */
export function whatIsRead({ given, at, alert }: Omit<Expectation, 'fact' | 'firing'>): Question {
  const nobody = { exp_labels: {}, exp_annotations: {} };
  const expected = (mark: string) => ({
    name: mark,
    alert_rule_test: [{ eval_time: `${at}m`, alertname: alert, exp_alerts: [nobody] }],
  });
  return { alert, given, at, expected };
}

/** The summary in an answer of promtool's. */
export function summaryIn(answer: string): string {
  return /summary="((?:[^"\\]|\\.)*)"/.exec(answer)?.[1] ?? answer;
}

/**
 * What promtool says to each question, empty where it finds what is expected. All are put to one process; each is
 * answered from its own series, by the rules of its own alert.
 */
export function answers(questions: readonly Question[]): string[] {
  const output = promtool((directory) => {
    const files = new Map<string, object[]>();
    for (const [index, { alert, given, at, expected }] of questions.entries()) {
      const series = given.map(([name, values]) => ({ series: name, values }));
      // Over days rules are evaluated every half hour: that is longer than such an alert waits.
      const name = `${alert} ${at > 1000 ? '30m' : '1m'}`;
      const test = { interval: '1m', input_series: series, ...expected(`question-${index}`) };
      files.set(name, [...(files.get(name) ?? []), test]);
    }
    return ['test', 'rules', ...[...files].map(([name, tests]) => writeTests(directory, name, tests))];
  });
  const [, ...failures] = output.split(/^ {4}(?=name:|expr:)/m);
  if (failures.length === 0 && output !== '') throw new Error(output);
  return questions.map((_, index) =>
    failures.filter((failure) => new RegExp(`question-${index}\\b`).test(failure)).join(''),
  );
}

/** Writes a file of tests, and beside it the rules that they are about; returns its name. */
function writeTests(directory: string, name: string, tests: readonly object[]): string {
  const [alert = '', interval = ''] = name.split(' ');
  const rules = alertRules(watched).filter((rule) => rule.name === alert);
  const [rulesFile, testsFile] = [`${alert}.yaml`, `${alert}-${interval}.yaml`];
  writeFileSync(join(directory, rulesFile), printRules('shop', rules));
  const test = { rule_files: [rulesFile], evaluation_interval: interval, tests };
  writeFileSync(join(directory, testsFile), JSON.stringify(test));
  return testsFile;
}

function alerts(name: string, labels = ''): string {
  return `ALERTS{alertname="${name}",alertstate="firing"${labels}}`;
}

/** What it prints when it finds something wrong; empty when it doesn't. */
function promtool(prepare: (directory: string) => string[]): string {
  return withDirectory((directory) => {
    const { status, stdout, stderr } = spawnSync('promtool', prepare(directory), {
      cwd: directory,
      encoding: 'utf8',
    });
    return status === 0 ? '' : stdout + stderr;
  });
}
