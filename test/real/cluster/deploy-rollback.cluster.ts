import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from '../../docs/blocks';
import { root } from '../../support/configuration';
import { LaneCommands } from './deploys/lane-commands';

let lane: LaneCommands;
/** A commit that was never deployed. */
let unknown: string;

const done = { status: 0, stderr: '' };
const rollback = (...args: string[]) => lane.run('rollback', '--yes', ...args);

beforeAll(async () => {
  lane = await LaneCommands.start();
  expect(await lane.run('deploy', '--yes')).toMatchObject(done);
});

afterAll(() => lane?.stop());

/** Deploys a mark as a commit of its own. */
async function deployed(mark: string): Promise<void> {
  lane.mark(mark);
  lane.project.commit(mark);
  expect(await lane.run('deploy', '--yes')).toMatchObject(done);
}

test('the first revision has nothing to go back to', async () => {
  expect(await rollback()).toMatchObject({
    ...{ status: 1, stderr: 'There is no earlier revision to go back to. Revisions in the cluster: 1.\n' },
  });
});

describe('a rollback', () => {
  beforeAll(async () => {
    lane.mark('unknown');
    unknown = lane.project.commit('unknown');
    await deployed('two');
  });

  test('goes back to what ran before', async () => {
    const { stdout, ...run } = await rollback();
    expect({ ...run, mark: await lane.liveMark() }).toEqual({ ...done, mark: '' });
    expect(stdout).toContain('Revision 3 of honeydue is deployed.');
  });

  test('goes to a revision by its number', async () => {
    expect(await rollback('2')).toMatchObject(done);
    expect(await lane.liveMark()).toBe('two');
  });

  test('goes to a commit that a revision keeps, by any name of it', async () => {
    await deployed('three');
    expect(await rollback('--to', 'HEAD~1')).toMatchObject(done);
    expect(await lane.liveMark()).toBe('two');
  });

  test('to a commit that no revision keeps is refused, because its schema is not known', async () => {
    expect(await rollback('--to', unknown)).toMatchObject({
      status: 1,
      stderr: `The cluster stores no revision of ${unknown}: the migrations that ran after ${unknown} are unknown. If the code of ${unknown} works on the current database schema, add --accept-schema.\n`,
    });
  });

  test('to such a commit synthesizes it with its own code, if the schema is accepted', async () => {
    expect(await rollback('--accept-schema', '--to', unknown)).toMatchObject(done);
    expect(await lane.liveMark()).toBe('unknown');
    expect((await lane.run('status')).stdout).toContain(unknown.slice(0, 7));
  });

  test('to what does not exist names what is kept', async () => {
    const { status, stderr } = await rollback('99');
    expect([status, stderr]).toEqual([
      1,
      'Revision 99 is not in the cluster, which keeps 7, 6, 5, 4, 3, 2, 1. To go back to a commit: npx honeydue rollback --to <commit>\n',
    ]);
    expect(await rollback('--to', 'nothing')).toMatchObject({
      ...{ status: 2, stderr: expect.stringMatching(/^nothing is not /) },
    });
  });
});

describe('a deployment that fails', () => {
  afterEach(() => {
    lane.cluster.nodes.faultOf = () => undefined;
  });

  test('goes back by itself with --rollback-on-failure', async () => {
    lane.mark('crashing');
    lane.breakPods('crashing', 'crash');
    const { status, stdout, stderr } = await lane.run(
      'deploy',
      '--yes',
      '--patience=2',
      '--rollback-on-failure',
    );
    expect(stdout).toContain('The container ends with exit code 3');
    expect([status, stderr]).toEqual([1, '\nRevision 8 failed: going back to revision 7.\n']);
    expect(stdout).toContain('Revision 9 of honeydue is deployed.');
    expect(await lane.liveMark()).toBe('unknown');
  });

  test('offers the rollback without it, and the rollback works', async () => {
    lane.mark('missing');
    lane.breakPods('missing', 'image');
    const { status, stderr } = await lane.run('deploy', '--yes', '--patience=1');
    expect([status, stderr]).toEqual([1, '\nRevision 10 failed. To roll back: npx honeydue rollback\n']);
    expect(await rollback()).toMatchObject(done);
    expect(await lane.liveMark()).toBe('unknown');
  });
});

describe('a migration that has completed', () => {
  beforeAll(async () => {
    lane.project.edit('command: [/app/migrate]', 'command: [/app/migrate, up]');
    await deployed('migrated');
  });

  test('keeps older code from coming back', async () => {
    const { status, stderr } = await rollback();
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^Revision 11 is older than a completed migration \(Job honeydue\/\S+\), which a rollback does not undo\. If the code of revision 11 works with the newer schema, run: npx honeydue rollback 11 --accept-schema\n$/,
      ),
    ]);
    expect(await lane.liveMark()).toBe('migrated');
  });

  test('keeps --rollback-on-failure from going back behind it', async () => {
    lane.mark('failing after a migration');
    lane.project.edit('command: [/app/migrate, up]', 'command: [/app/migrate, twice]');
    lane.breakPods('failing after a migration', 'crash');
    const { status, stderr } = await lane.run('deploy', '--yes', '--patience=1', '--rollback-on-failure');
    lane.cluster.nodes.faultOf = () => undefined;
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^\nRevision 13 failed\. Revision 12 is older than a completed migration /),
    ]);
  });

  test('lets it back if older code is stated to work on the newer schema', async () => {
    expect(await rollback('11', '--accept-schema')).toMatchObject(done);
    expect(await lane.liveMark()).toBe('unknown');
  });
});

describe('the documents', () => {
  const page = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');
  const asks = ['deploy', 'rollback'];

  /** The commands of a page, with what the cluster of the lane has in the place of the examples. */
  const commandsOf = (name: string): string[] =>
    blocksOf(page(name), 'sh')
      .join('')
      .split('\n')
      .flatMap((line) => /^npx honeydue ([^#]+)/.exec(line)?.[1]?.trim() ?? []);

  async function runLine(line: string) {
    const plan = join(lane.project.root, 'dist-plan.json');
    const examples: Readonly<Record<string, string>> = { '12': '11', '1a2b3c4': 'HEAD', 'plan.json': plan };
    const words = line.split(' ').map((word) => examples[word] ?? word);
    if (words.includes(plan)) await lane.run('plan', '--no-terraform', '--out', plan);
    return lane.run(
      words[0] ?? '',
      ...words.slice(1),
      ...(asks.includes(words[0] ?? '') ? ['--yes', '--accept-schema'] : []),
    );
  }

  test.each(['deploy.md', join('tasks', 'roll-back.md')])('%s: every command runs', async (name) => {
    const commands = commandsOf(name);
    expect(commands.length).toBeGreaterThan(2);
    for (const line of commands) expect([line, await runLine(line)]).toMatchObject([line, done]);
  });

  test('deploy.md: the block for kubectl alone applies, and a deployment takes its fields over again', async () => {
    lane.mark('by kubectl');
    const block =
      blocksOf(page('deploy.md'), 'sh').find((each) => each.includes('kubectl apply -f dist/')) ?? '';
    const script = block.replace('npm run synth -- --strict', '$& --config config/production.yaml');
    const child = spawn('bash', ['-euc', script], { cwd: lane.project.root, env: process.env });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect([status, text]).toEqual([0, expect.stringContaining('deployment.apps/web configured')]);
    expect(await lane.liveMark()).toBe('by kubectl');
    expect(await lane.run('deploy', '--yes')).toMatchObject(done);
  });
});
