import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { severities } from '../lib/analysis/rules/rule';
import { manifestFiles } from '../lib/input/manifest-files';

/**
 * Prints the tables of findings for docs/measurements/public-manifests.md: `node bin/run.mjs bench/manifests.ts
 * --before <clone> <directory>...`. The clone contains the version of the code to compare with, with installed
 * packages. Each directory contains one set of manifests.
 */
interface Finding {
  readonly rule: string;
  readonly severity: string;
}

interface Check {
  readonly objects: number;
  readonly findings: readonly Finding[];
  /** Processor time of the whole process, in seconds. */
  readonly seconds: number;
}

function check(clone: string, files: readonly string[]): Check {
  const command = [
    process.execPath,
    join(clone, 'bin', 'honeydue.mjs'),
    'check',
    '--format',
    'json',
    ...files,
  ];
  const { stdout, stderr, status } = spawnSync(
    'sh',
    ['-c', '"$@"; code=$?; times; exit $code', 'sh', ...command],
    {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  if (status === null || status > 1) throw new Error(stderr || stdout);
  // The last line that the shell's `times` prints is the time of child processes.
  const lines = stdout.trimEnd().split('\n');
  const [user = '', system = ''] = lines.at(-1)?.split(' ') ?? [];
  const { objects, findings } = JSON.parse(lines.slice(0, -2).join('\n')) as Omit<Check, 'seconds'>;
  return { objects, findings, seconds: secondsOf(user) + secondsOf(system) };
}

/** Of `0m1.25s`. */
function secondsOf(time: string): number {
  const [minutes = '', seconds = ''] = time.replace('s', '').split('m');
  return Number(minutes) * 60 + Number(seconds);
}

function row(cells: readonly (string | number)[]): void {
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}

function header(left: readonly string[], right: readonly string[]): void {
  row([...left, ...right]);
  process.stdout.write(`|${[...left.map(() => '---'), ...right.map(() => '---:')].join('|')}|\n`);
}

function count(findings: readonly Finding[], key: keyof Finding, value: string): number {
  return findings.filter((finding) => finding[key] === value).length;
}

const { values, positionals } = parseArgs({
  options: { before: { type: 'string' } },
  allowPositionals: true,
});
const clones = [...(values.before === undefined ? [] : [values.before]), join(__dirname, '..')];
const checks = positionals.map((directory) => {
  const files = manifestFiles([directory]);
  return clones.map((clone) => check(clone, files));
});

header(['Set'], ['Objects', ...clones.flatMap(() => [...severities, 's'])]);
positionals.forEach((directory, index) => {
  const each = checks[index] ?? [];
  const cells = each.flatMap(({ findings, seconds }) => [
    ...severities.map((severity) => count(findings, 'severity', severity)),
    seconds.toFixed(2),
  ]);
  row([basename(directory), each.at(-1)?.objects ?? 0, ...cells]);
});
process.stdout.write('\n');

const found = clones.map((_, index) => checks.flatMap((each) => each[index]?.findings ?? []));
header(
  ['Rule', 'Severity'],
  clones.map((_, index) => (index === clones.length - 1 ? 'After' : 'Before')),
);
const rulesFound = new Map(found.flat().map(({ rule, severity }) => [rule, severity]));
for (const severity of severities)
  for (const [rule] of [...rulesFound].filter(([, each]) => each === severity).sort())
    row([rule, severity, ...found.map((findings) => count(findings, 'rule', rule))]);
