import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const version = 'v3.13.3';
const module = 'github.com/getsops/sops/v3';

/** Whether the real SOPS can be built here. */
export const canBuildSops = spawnSync('sh', ['-c', 'command -v go']).status === 0;

/**
 * The real SOPS, which is built once from the Go module proxy into a cache outside of the repository. The first build takes
 * seven minutes on two cores.
 */
export function sopsProgram(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const directory = join(cache, 'honeydue', `sops-${version}`);
  const program = join(directory, 'sops');
  if (existsSync(program)) return program;
  mkdirSync(directory, { recursive: true });
  const build = mkdtempSync(join(directory, 'module-'));
  const go = (...args: string[]) => execFileSync('nice', ['go', ...args], { cwd: build, stdio: 'ignore' });
  try {
    writeFileSync(join(build, 'go.mod'), 'module honeydue/sops\n\ngo 1.25\n');
    go('get', `${module}/cmd/sops@${version}`);
    go('build', '-trimpath', '-ldflags=-s -w', '-o=sops', `${module}/cmd/sops`);
    renameSync(join(build, 'sops'), program);
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
  return program;
}
