import { spawnSync } from 'node:child_process';

/** Debian keeps Postgres' server programs off the PATH. */
const found = spawnSync('sh', ['-c', 'ls -d /usr/lib/postgresql/*/bin | sort -rV'], { encoding: 'utf8' });
export const PATH = `${found.stdout.split('\n')[0]}:${process.env['PATH']}`;

/** Whether a program can be run that is not ours: tests that need it are skipped where it is not. */
export function available(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH } }).status === 0;
}
