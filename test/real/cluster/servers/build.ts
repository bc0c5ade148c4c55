import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The programs of a control plane, and the kubectl of the same release. */
export const programs = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
] as const;

export type Program = (typeof programs)[number];

const kubernetes = 'k8s.io/kubernetes';
const etcd = 'go.etcd.io/etcd/server/v3';

/** Where the programs of a release are kept: outside of the repository, so that they are built once. */
export function programDirectory(release: string): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  return join(cache, 'honeydue', `kubernetes-${release}`);
}

/**
 * Builds what is missing of a Kubernetes release, from the Go module proxy.
 *
 * @param progress is called with a line whenever there is news, and every half minute
 */
export async function buildPrograms(release: string, progress: (line: string) => void): Promise<void> {
  const directory = programDirectory(release);
  const missing = programs.filter((program) => !existsSync(join(directory, program)));
  if (missing.length === 0) return;
  mkdirSync(directory, { recursive: true });
  const module = mkdtempSync(join(directory, 'module-'));
  try {
    await writeModule(module, release);
    for (const [index, program] of missing.entries()) {
      const step = `building ${program} ${release} (${index + 1} of ${missing.length})`;
      await withProgress(step, progress, () => build(module, program, release));
      renameSync(join(module, program), join(directory, program));
    }
  } finally {
    rmSync(module, { recursive: true, force: true });
  }
}

interface GoMod {
  readonly Require: readonly { readonly Path: string; readonly Version: string }[];
  readonly Replace: readonly { readonly Old: { readonly Path: string } }[];
}

const run = promisify(execFile);

/**
 * A module that requires Kubernetes. Kubernetes replaces its own libraries by directories, which only its own module can
 * do; here each is replaced by its published version: v0.34.4 for v1.34.4. etcd is the version that Kubernetes requires.
 */
async function writeModule(directory: string, release: string): Promise<void> {
  writeFileSync(join(directory, 'go.mod'), 'module honeydue/cluster\n\ngo 1.24\n');
  const download = await run('go', ['mod', 'download', '-json', `${kubernetes}@${release}`], {
    cwd: directory,
  });
  const { GoMod: file } = JSON.parse(download.stdout) as { GoMod: string };
  writeFileSync(join(directory, 'kubernetes.mod'), readFileSync(file));
  const edited = await run('go', ['mod', 'edit', '-json', 'kubernetes.mod'], { cwd: directory });
  const { Require, Replace } = JSON.parse(edited.stdout) as GoMod;
  const library = release.replace(/^v1\./, 'v0.');
  const etcdVersion = Require.find(({ Path }) => Path === etcd)?.Version;
  if (etcdVersion === undefined) throw new Error(`${kubernetes} ${release} does not require ${etcd}`);
  await run(
    'go',
    [
      'mod',
      'edit',
      `-require=${kubernetes}@${release}`,
      `-require=${etcd}@${etcdVersion}`,
      ...Replace.map(({ Old }) => `-replace=${Old.Path}=${Old.Path}@${library}`),
    ],
    { cwd: directory },
  );
}

function build(directory: string, program: Program, release: string): Promise<void> {
  const [, minor = ''] = release.split('.');
  const versions = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
    `-X ${path}.gitVersion=${release}`,
    `-X ${path}.gitMajor=1`,
    `-X ${path}.gitMinor=${minor}`,
  ]);
  const child = spawn(
    'nice',
    [
      'go',
      'build',
      '-mod=mod',
      '-trimpath',
      `-p=${availableParallelism()}`,
      `-ldflags=-s -w ${versions.join(' ')}`,
      `-o=${program}`,
      program === 'etcd' ? etcd : `${kubernetes}/cmd/${program}`,
    ],
    { cwd: directory, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go build of ${program} ended with ${code}:\n${errors}`));
    });
  });
}

async function withProgress(
  step: string,
  progress: (line: string) => void,
  work: () => Promise<void>,
): Promise<void> {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  progress(step);
  const timer = setInterval(() => progress(`${step}: ${seconds()} s`), 30_000);
  try {
    await work();
    progress(`${step}: done after ${seconds()} s`);
  } finally {
    clearInterval(timer);
  }
}
