import { spawnSync } from 'node:child_process';

/** Debian keeps Postgres' server programs off the PATH. */
const found = spawnSync('sh', ['-c', 'ls -d /usr/lib/postgresql/*/bin | sort -rV'], { encoding: 'utf8' });
export const PATH = `${found.stdout.split('\n')[0]}:${process.env['PATH']}`;

/**
 * Whether a program of a Debian package can be run: tests that need it are skipped where it is missing.
 *
 * @throws Error if it is missing where .ci/run has installed every package of .ci/packages
 */
export function available(program: string): boolean {
  const isThere = spawnSync('sh', ['-c', `command -v ${program}`], { env: { PATH } }).status === 0;
  if (!isThere && process.env['PROGRAMS_INSTALLED'] === '1')
    throw new Error(`${program} is missing: add its Debian package to .ci/packages`);
  return isThere;
}
