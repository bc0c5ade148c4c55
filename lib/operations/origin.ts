import type { ManifestOrigin } from './plan/desired';
import { runProgram } from './process';

/** The checked out commit of a directory, and whether its files differ from it; empty outside of a git repository. */
export async function checkedOutCommit(directory: string): Promise<ManifestOrigin> {
  const git = (...args: string[]) => runProgram({ program: 'git', args: ['-C', directory, ...args] });
  try {
    const head = await git('rev-parse', '--verify', '--quiet', 'HEAD');
    if (head.status !== 0) return { commit: '', isDirty: false };
    const { stdout } = await git('status', '--porcelain');
    return { commit: head.stdout.trim(), isDirty: stdout.trim() !== '' };
  } catch {
    // git is not installed: the revision records no commit.
    return { commit: '', isDirty: false };
  }
}
