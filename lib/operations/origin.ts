import type { ManifestOrigin } from './plan/desired';
import { runProgram } from './process';

/** The commit that a directory has checked out, and whether its files differ from it; empty outside of a repository. */
export async function checkedOutCommit(directory: string): Promise<ManifestOrigin> {
  const git = (...args: string[]) => runProgram({ program: 'git', args: ['-C', directory, ...args] });
  try {
    const head = await git('rev-parse', '--verify', '--quiet', 'HEAD');
    if (head.status !== 0) return { commit: '', isDirty: false };
    const { stdout } = await git('status', '--porcelain');
    return { commit: head.stdout.trim(), isDirty: stdout.trim() !== '' };
  } catch {
    // git is not installed: the revision names no commit.
    return { commit: '', isDirty: false };
  }
}
