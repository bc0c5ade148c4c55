import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const module = 'github.com/hetznercloud/terraform-provider-hcloud';

/** Where what was built is kept between runs, outside of the repository. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'honeydue-provider');

/** Tells whether Go can build the provider. */
export function isGoInstalled(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/**
 * Builds Hetzner's provider from the Go module proxy, by the module's own go.sum. The second call takes nothing.
 *
 * @param version such as `1.68.0`
 * @returns the path of the program
 * @throws Error with Go's own words when the module can't be had or built
 */
export function buildProvider(version: string): string {
  const program = join(cache, `terraform-provider-hcloud_v${version}`);
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  const unfinished = join(mkdtempSync(join(cache, 'build-')), 'provider');
  try {
    const flags = ['-trimpath', '-buildvcs=false', '-ldflags', '-s -w'];
    go(['build', '-C', moduleDirectory(version), '-p', '2', ...flags, '-o', unfinished, '.']);
    renameSync(unfinished, program);
  } finally {
    rmSync(join(unfinished, '..'), { recursive: true, force: true });
  }
  return program;
}

/**
 * Runs a Go program of ours inside of a copy of the provider's module, so that it reads the provider's own schemas.
 *
 * @param directory the directory of the program
 * @returns what it prints
 */
export function runInProvider(version: string, directory: string): string {
  mkdirSync(cache, { recursive: true });
  const copy = mkdtempSync(join(cache, 'run-'));
  try {
    cpSync(moduleDirectory(version), copy, { recursive: true });
    spawnSync('chmod', ['-R', 'u+w', copy]);
    cpSync(directory, join(copy, 'facts'), { recursive: true });
    return go(['run', '-C', copy, '-p', '2', '-trimpath', '-buildvcs=false', './facts']);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function moduleDirectory(version: string): string {
  const { Dir } = JSON.parse(go(['mod', 'download', '-json', `${module}@v${version}`])) as { Dir: string };
  return Dir;
}

function go(parameters: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('go', parameters, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(`go ${parameters[0]} failed: ${stderr || stdout}`);
  return stdout;
}
