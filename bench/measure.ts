import { spawnSync } from 'node:child_process';

/** A measured command and its times. */
export interface Contender {
  readonly name: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly cwd: string;
  /** Runs before each measurement. Its time is not measured. */
  readonly prepare?: () => void;
}

/** Measures a whole process. Returns milliseconds. */
export function time({ name, command: [program, ...args], cwd, prepare }: Contender): number {
  prepare?.();
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env: process.env });
  const elapsed = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== 0) throw new Error(`${name} failed with ${status}: ${stderr}`);
  return elapsed;
}

/** Runs the commands alternately, so that other load on the machine affects all of them. */
export function alternate(contenders: readonly Contender[], rounds: number): Map<string, number> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (const contender of contenders) time(contender); // The first run warms the caches and is not counted.
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of contenders) times.get(contender.name)?.push(time(contender));
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
