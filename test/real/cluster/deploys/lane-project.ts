import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../../support/configuration';
import { withResolvedConfiguration } from '../../../support/resolved';

/** A clone of this repository, as an operator has one, whose configuration leaves nothing open. */
export class LaneProject {
  readonly root = mkdtempSync(join(tmpdir(), 'honeydue-project-'));
  readonly config = join(this.root, 'config', 'production.yaml');

  constructor() {
    const tracked = this.git(root, 'ls-files', '-z').split('\0');
    for (const file of tracked.filter((each) => each !== '' && !/^(test|docs|__snapshots__)\//.test(each))) {
      mkdirSync(dirname(join(this.root, file)), { recursive: true });
      cpSync(join(root, file), join(this.root, file));
    }
    symlinkSync(join(root, 'node_modules'), join(this.root, 'node_modules'), 'dir');
    withResolvedConfiguration((path) => cpSync(dirname(path), dirname(this.config), { recursive: true }));
    writeFileSync(join(this.root, '.gitignore'), 'node_modules\ndist\n');
    this.git(this.root, 'init', '--quiet');
  }

  /** Edits the configuration. */
  edit(...[find, replace]: readonly [find: string | RegExp, replace: string]): void {
    const before = readFileSync(this.config, 'utf8');
    const after = before.replace(find, replace);
    if (after === before) throw new Error(`the configuration has no ${find}`);
    writeFileSync(this.config, after);
  }

  /** Commits all files, and returns the name of the commit. */
  commit(subject: string): string {
    const who = ['-c', 'user.name=Lane', '-c', 'user.email=lane@example.com'];
    this.git(this.root, 'add', '--all');
    this.git(this.root, ...who, 'commit', '--quiet', '-m', subject);
    return this.git(this.root, 'rev-parse', 'HEAD').trim();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private git(directory: string, ...words: string[]): string {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
    const { status, stdout, stderr } = spawnSync('git', ['-C', directory, ...words], {
      encoding: 'utf8',
      env,
    });
    if (status !== 0) throw new Error(`git ${words[0]}: ${stderr}`);
    return stdout;
  }
}
