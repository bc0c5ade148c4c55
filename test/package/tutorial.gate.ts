import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../support/configuration';
import { installPackage } from './installed-package';

/** `UPDATE_TUTORIAL=1` writes what the commands print into the tutorial. */
const isUpdate = process.env['UPDATE_TUTORIAL'] !== undefined;
const file = join(root, 'docs', 'tutorial.md');

/** A fenced block: a file to write, commands to run, or what the commands before it print. */
interface TutorialBlock {
  readonly language: string;
  /** The file that the block is, as its fence says. */
  readonly title: string;
  readonly text: string;
}

const fence = /^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm;

function blocksOf(text: string): TutorialBlock[] {
  return [...text.matchAll(fence)].map(([, language = '', title = '', body = '']) => ({
    language,
    title,
    text: body,
  }));
}

/** Writes the files, runs the commands, and returns what each block of output should have. */
function replay(blocks: readonly TutorialBlock[], directory: string): string[] {
  let printed = '';
  const outputs: string[] = [];
  for (const { language, title, text } of blocks) {
    if (title !== '' && language !== 'sh') writeFileSync(join(directory, title), text);
    else if (language === 'text') outputs.push(printed);
    // The package is installed already: the registry does not have it.
    else if (language === 'sh' && title !== 'install') printed = runCommands(text, directory);
  }
  return outputs;
}

function runCommands(text: string, directory: string): string {
  const { stdout, stderr } = spawnSync('sh', ['-c', `exec 2>&1\n${text}`], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', NODE_NO_WARNINGS: '1' },
  });
  return `${stdout}${stderr}`;
}

describe('docs/tutorial.md', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'tutorial-'));
    installPackage(directory);
    mkdirSync(join(directory, 'node_modules', '.bin'));
    symlinkSync(
      '../@honeydue/infrastructure/bin/honeydue.mjs',
      join(directory, 'node_modules', '.bin', 'honeydue'),
    );
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test('prints what each of its commands prints', () => {
    const text = readFileSync(file, 'utf8');
    const blocks = blocksOf(text);
    const outputs = replay(blocks, directory);
    if (isUpdate) {
      const rest = [...outputs];
      const updated = text.replaceAll(fence, (block, language: string) =>
        language === 'text' ? `\`\`\`text\n${rest.shift() ?? ''}\`\`\`` : block,
      );
      writeFileSync(file, updated);
      return;
    }
    expect(outputs.length).toBeGreaterThan(4);
    expect(blocks.filter(({ language }) => language === 'text').map((block) => block.text)).toEqual(outputs);
  });
});
