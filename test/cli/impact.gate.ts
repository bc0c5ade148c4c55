import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../support/configuration';

/** A repository of its own with two commits of this project; the second has another API_URL. */
const repository = mkdtempSync(join(tmpdir(), 'impact-'));
const temporary = mkdtempSync(join(tmpdir(), 'impact-temporary-'));
const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: temporary, RUNNING: '' };
const production = join(repository, 'config', 'production.yaml');

function git(...words: string[]): string {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', [...author, ...words], {
    cwd: repository,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const command = [join('bin', 'honeydue.mjs'), 'impact'];

function impact(...words: string[]) {
  return spawnSync(process.execPath, [...command, ...words], { cwd: repository, encoding: 'utf8', env });
}

beforeAll(() => {
  const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of files.stdout.trim().split('\n')) {
    if (!/^(__snapshots__|test|docs|bench)\//.test(file)) cpSync(join(root, file), join(repository, file));
  }
  symlinkSync(join(root, 'node_modules'), join(repository, 'node_modules'), 'dir');
  writeFileSync(join(repository, '.gitignore'), 'node_modules\n');
  git('init', '--quiet', '--initial-branch=main');
  git('add', '.');
  git('commit', '--quiet', '--message=one');
  git('tag', 'one');
  const text = readFileSync(production, 'utf8');
  writeFileSync(production, text.replace('https://api.myhoneydue.com/api', 'https://api.example.com/api'));
  git('commit', '--quiet', '--all', '--message=two');
});

afterAll(() => {
  for (const directory of [repository, temporary]) rmSync(directory, { recursive: true, force: true });
});

/** What a comparison must not leave: worktrees that git knows, and files of the temporary directory. */
function leftovers(): string[] {
  const worktrees = git('worktree', 'list').trim().split('\n').slice(1);
  return [...worktrees, ...readdirSync(temporary).filter((name) => name.startsWith('honeydue-revision-'))];
}

/** A commit whose synth reports that it runs, by a file, and then never ends. */
function commitEndlessSynth(running: string): void {
  const file = join(repository, 'package.json');
  const script = `node -e "require('fs').writeFileSync(process.env.RUNNING, ''); setInterval(() => {}, 1e6)" --`;
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { scripts: Record<string, string> };
  writeFileSync(file, JSON.stringify({ ...manifest, scripts: { ...manifest.scripts, synth: script } }));
  git('commit', '--quiet', '--all', '--message=endless');
  git('tag', 'endless');
  git('reset', '--quiet', '--hard', 'HEAD~1');
  env.RUNNING = running;
}

describe('honeydue impact between commits', () => {
  test('synthesizes each with its own code, and leaves nothing behind', () => {
    const { status, stdout, stderr } = impact('--base', 'one', '--head', 'main');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^one \([0-9a-f]{7}\) -> main \([0-9a-f]{7}\): 4 restart, 1 in place\.\n/);
    expect(leftovers()).toEqual([]);
  });

  test('says in words why a commit can not be synthesized, and leaves nothing behind', () => {
    writeFileSync(production, 'namespace: honeydue\n');
    git('commit', '--quiet', '--all', '--message=broken');
    git('tag', 'broken');
    git('reset', '--quiet', '--hard', 'HEAD~1');
    const { status, stderr } = impact('--base', 'broken');
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(
        /^broken \([0-9a-f]{7}\) can't be compared: npm run synth failed\.\n[\s\S]*is missing/,
      ),
    ]);
    expect(leftovers()).toEqual([]);
  });

  test('leaves nothing behind after an interrupt', async () => {
    const running = join(temporary, 'running');
    commitEndlessSynth(running);
    const child = spawn(process.execPath, [...command, '--base', 'endless'], {
      cwd: repository,
      env,
      detached: true,
    });
    const ended = once(child, 'close');
    while (!existsSync(running) && child.exitCode === null) await wait(20);
    expect(leftovers()).toHaveLength(2);
    // As a terminal does it: to all of its processes.
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect((await ended)[0]).not.toBe(0);
    expect(leftovers()).toEqual([]);
  });
});
