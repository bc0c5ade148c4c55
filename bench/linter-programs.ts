import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Linters in Go that people use for the same purpose, by the modules that `go install` builds. */
const modules = {
  'kube-score': 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0',
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.7.0',
} as const;

export type Linter = keyof typeof modules;

/** Where a linter is, or why there is none. */
export type FoundLinter = { readonly program: string } | { readonly missing: string };

/** Builds a linter from the Go module proxy, unless an earlier run has built it. */
export function findLinter(linter: Linter): FoundLinter {
  const module = modules[linter];
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const directory = join(cache, 'honeydue', `linters-${module.split('@').at(-1)}`);
  const program = join(directory, linter);
  if (existsSync(program)) return { program };
  mkdirSync(directory, { recursive: true });
  const { status, stderr, error } = spawnSync('go', ['install', module], {
    encoding: 'utf8',
    env: { ...process.env, GOBIN: directory },
  });
  if (error !== undefined) return { missing: `${linter}: go can't be started (${error.message})` };
  if (status !== 0)
    return { missing: `${linter}: go install ${module} failed: ${stderr.trim().split('\n').at(-1)}` };
  return { program };
}
