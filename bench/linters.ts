import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withGrown } from './grown';
import { writeJsonSchemas } from './json-schemas';
import { findLinter, type Linter } from './linter-programs';

/** The times of programs that check the same manifests. */
export interface LinterTimes {
  readonly services: number;
  readonly objects: number;
  readonly times: ReadonlyMap<string, LinterTime>;
}

/** The time of a whole process. */
export interface LinterTime {
  readonly seconds: number;
  /** Seconds of processor time, over all threads. Other load changes it less. */
  readonly processor: number;
}

interface LinterRun {
  readonly name: string;
  readonly command: (files: readonly string[]) => readonly string[];
}

const minor = '1.34';

/** The linters that can be run, and a sentence for each that can't. */
export interface Linters {
  readonly runs: readonly LinterRun[];
  readonly missing: readonly string[];
}

/** @param directory for the schemas that kubeconform reads */
export function findLinters(root: string, directory: string): Linters {
  const schemas = writeJsonSchemas(root, minor, directory);
  const options: Readonly<Record<Linter, readonly string[]>> = {
    'kube-score': ['score', '--kubernetes-version', `v${minor}`, '--output-format', 'ci'],
    // Traefik's and Helm's kinds have no schema there.
    kubeconform: ['-strict', '-ignore-missing-schemas', '-summary', '-schema-location', schemas],
  };
  const found = (['kube-score', 'kubeconform'] as const).map(
    (linter) => [linter, findLinter(linter)] as const,
  );
  const others = found.flatMap(([name, linter]) =>
    'missing' in linter
      ? []
      : [{ name, command: (files: readonly string[]) => [linter.program, ...options[name], ...files] }],
  );
  const own: LinterRun = {
    name: 'honeydue check',
    command: (files) => [
      process.execPath,
      join(root, 'bin', 'honeydue.mjs'),
      'check',
      '--kubernetes',
      minor,
      ...files,
    ],
  };
  return {
    runs: [own, ...others],
    missing: found.flatMap(([, linter]) => ('missing' in linter ? [linter.missing] : [])),
  };
}

/** Checks the manifests of larger and larger deployments once with each program. */
export function measureLinters(root: string, { runs }: Linters, sizes: readonly number[]): LinterTimes[] {
  return sizes.map((services) => {
    const out = mkdtempSync(join(tmpdir(), 'linted-'));
    try {
      withGrown(root, services, (path) => {
        const { status, stderr } = runProgram([
          process.execPath,
          join(root, 'bin', 'honeydue.mjs'),
          'synth',
          '--config',
          path,
          '--out',
          out,
        ]);
        if (status !== 0) throw new Error(`the synth failed: ${stderr}`);
      });
      const files = readdirSync(out)
        .filter((name) => name.endsWith('.yaml'))
        .map((name) => join(out, name));
      return { services, objects: countObjects(files), times: timesOf(runs, files) };
    } finally {
      rmSync(out, { recursive: true, force: true });
    }
  });
}

function timesOf(runs: readonly LinterRun[], files: readonly string[]): Map<string, LinterTime> {
  return new Map(
    runs.map(({ name, command }) => {
      const { status, stderr, time } = runProgram(command(files));
      // 1: the program has findings.
      if (status !== 0 && status !== 1) throw new Error(`${name} failed with ${status}: ${stderr}`);
      return [name, time] as const;
    }),
  );
}

function runProgram(command: readonly string[]) {
  const script = '"$@" > /dev/null; code=$?; times; exit $code';
  const started = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', ...command], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  // The last line of `times` is of the shell's children, such as `0m1.25s 0m0.10s`.
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const parts = [...last.matchAll(/(\d+)m([\d.]+)s/g)];
  const processor = parts.reduce((sum, [, minutes, rest]) => sum + Number(minutes) * 60 + Number(rest), 0);
  return { status, stderr, time: { seconds, processor } };
}

function countObjects(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (readFileSync(file, 'utf8').match(/^kind: /gm)?.length ?? 0), 0);
}
