import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const module = 'github.com/hetznercloud/terraform-provider-hcloud';

/** The directory, outside of the repository, that keeps built programs between runs. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'honeydue-provider');

/** Whether Go is installed, which builds the provider. */
export function isGoInstalled(): boolean {
  return spawnSync('go', ['version']).status === 0;
}

/**
 * Builds Hetzner's provider from the Go module proxy, with the checksums in the module's go.sum. A second call uses the
 * cached program.
 *
 * @param version such as `1.68.0`
 * @returns the path of the program
 * @throws an error with Go's message, if the module can't be downloaded or built
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
 * Runs a Go program of this repository inside a copy of the provider's module, so that the program can read the schemas
 * of the provider.
 *
 * @param directory the directory of the program
 * @returns the output of the program
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
