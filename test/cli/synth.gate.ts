import { type StdioOptions, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, withDirectory } from '../support/configuration';
import { live } from '../support/live';

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npm run synth -- …` without npm. */
function synthProcess(
  args: readonly string[],
  cwd = root,
  env: NodeJS.ProcessEnv = {},
  stdio: StdioOptions = 'pipe',
): Run {
  return spawnSync(process.execPath, [join(root, 'bin', 'run.mjs'), 'main.ts', ...args], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...env },
    stdio,
  });
}

function contents(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(yaml|sh)$/.test(name),
  );
  return Object.fromEntries(names.sort().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

const committed = Object.fromEntries(live.files.map(({ path, text }) => [path, text]));

/** Nothing of this may show in what is written. */
const elsewhere = {
  ...{ TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  ...{ CDK8S_DISABLE_SORT: '1', CDK8S_RECORD_CONSTRUCT_METADATA: 'true', CDK8S_OUTDIR: '/nowhere' },
};

describe('npm run synth as a process', () => {
  test('writes the same bytes from another directory, time zone and locale, whatever the options of cdk8s', () => {
    withDirectory((out) => {
      const { status, stdout } = synthProcess(['--out', 'dist'], out, elsewhere);
      expect(status).toBe(0);
      expect(stdout).toMatch(new RegExp(`^dist: ${live.files.length} files written, 0 unchanged[;\n]`));
      expect(contents(join(out, 'dist'))).toEqual(committed);
    });
  });

  test('ends with the code and the words of what went wrong', () => {
    expect(synthProcess(['--config', 'nowhere.yaml'])).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^nowhere\.yaml:1:1 there is no such file/m),
    });
  });
});

describe('npm run synth > /dev/full', () => {
  const onLinux = existsSync('/dev/full') ? test : test.skip;
  onLinux('ends with 2 and says that it could not speak', () => {
    withDirectory((out) => {
      const stdout = openSync('/dev/full', 'w');
      const { status, stderr } = synthProcess(['--out', out], root, {}, ['ignore', stdout, 'pipe']);
      closeSync(stdout);
      expect([status, stderr]).toEqual([
        2,
        expect.stringMatching(/^Standard output can't be written: ENOSPC.*\n$/),
      ]);
    });
  });
});
