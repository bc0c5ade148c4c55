import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

/** The error that a commit can't be synthesized. The message contains the reason and what to do. */
export class RevisionError extends Error {}

/** The commit to which a git ref points. */
export interface Revision {
  readonly ref: string;
  readonly commit: string;
}

/**
 * Finds the commit of a ref.
 *
 * @throws RevisionError for a ref that this repository doesn't have
 */
export function findRevision(root: string, ref: string): Revision {
  const asked = run('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], root);
  const commit = asked.stdout.trim();
  if (asked.status === 0 && commit !== '') return { ref, commit };
  throw new RevisionError(
    `${ref} is not a file, a directory or a commit of this repository. If the clone is shallow (actions/checkout fetches one commit), run: git fetch --unshallow origin`,
  );
}

/**
 * Synthesizes a commit with the code of that commit, in a temporary git worktree. The worktree is removed at the end,
 * also after an interrupt. If the lockfile of the commit is equal to that of the current working tree, the worktree
 * uses its `node_modules`; otherwise it installs the packages, which takes longer.
 *
 * @param config the path of the configuration to synthesize, relative to the root
 * @param use reads the output before the worktree is removed
 * @param step is called with each step, such as `main (3f2c1ab): npm ci`
 * @throws RevisionError with the output of the synth, if the synth of the commit fails
 */
export function withRevision<T>(
  root: string,
  { ref, commit }: Revision,
  config: string,
  use: (directory: string) => T,
  step: (text: string) => void = () => undefined,
): T {
  const name = `${ref} (${commit.slice(0, 7)})`;
  const temporary = mkdtempSync(join(tmpdir(), 'honeydue-revision-'));
  const tree = join(temporary, 'tree');
  const release = holdSignals();
  const attempt = (command: string, program: string, words: readonly string[], directory: string) => {
    step(`${name}: ${command}`);
    const { status, signal, stderr, stdout } = run(program, words, directory);
    if (signal !== null) throw new RevisionError(`Interrupted during ${command}.`);
    if (status !== 0)
      throw new RevisionError(
        `${name} can't be compared: ${command} failed.\n${tail(stderr || stdout)}\nSynthesize that commit by hand, and name its output directory instead.`,
      );
  };
  try {
    attempt('git worktree add', 'git', ['worktree', 'add', '--quiet', '--detach', tree, commit], root);
    if (hasSameLock(root, tree)) symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'), 'dir');
    else attempt('npm ci', 'npm', ['ci', '--no-audit', '--no-fund'], tree);
    const output = join(temporary, 'output');
    const own = relative(root, resolve(config));
    if (own.startsWith('..') || !existsSync(join(tree, own)))
      throw new RevisionError(`${name} has no file ${own}, so there is nothing to compare.`);
    attempt(
      'npm run synth',
      'npm',
      ['run', '--silent', 'synth', '--', '--config', own, '--out', output],
      tree,
    );
    return use(output);
  } finally {
    run('git', ['worktree', 'remove', '--force', tree], root);
    rmSync(temporary, { recursive: true, force: true });
    release();
  }
}

function hasSameLock(root: string, tree: string): boolean {
  const [own, other] = [root, tree].map((directory) => join(directory, 'package-lock.json'));
  const isThere = own !== undefined && other !== undefined && existsSync(own) && existsSync(other);
  return (
    isThere &&
    readFileSync(own, 'utf8') === readFileSync(other, 'utf8') &&
    existsSync(join(root, 'node_modules'))
  );
}

function run(program: string, words: readonly string[], cwd: string) {
  const { status, signal, stdout, stderr, error } = spawnSync(program, words, {
    cwd,
    // In a hook, git sets these variables to the directories and the index of the main worktree, which would be wrong
    // here.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (error !== undefined && status === null && signal === null)
    throw new RevisionError(
      `${program} can't be run (${(error as NodeJS.ErrnoException).code ?? error.message}).`,
    );
  return { status, signal, stdout, stderr };
}

/**
 * Ignores interrupts in this process: an interrupt ends the child process, and this process then cleans up and exits.
 */
function holdSignals(): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const hold = () => undefined;
  for (const signal of signals) process.on(signal, hold);
  return () => {
    for (const signal of signals) process.off(signal, hold);
  };
}

/** The last lines of the output of a program that failed. */
function tail(text: string): string {
  const lines = text.trimEnd().split('\n');
  return lines.slice(-20).join('\n');
}
