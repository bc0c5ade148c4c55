import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runLive } from '../../support/command';
import { edited, fixtures, withDirectoryFor, writeConfiguration } from '../../support/configuration';
import { production } from '../../support/production';

const config = join(fixtures, 'production.yaml');

const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: 'cart:1' }] }
`;

describe('honeydue report', () => {
  test('writes the page, and changes nothing in a second run', () =>
    withDirectoryFor(async (out) => {
      const write = () => runLive('report', '--config', config, '--out', out);
      expect(await write()).toEqual({
        status: 0,
        stdout: `${out}: 1 file written, 0 unchanged\n`,
        stderr: '',
      });
      expect((await write()).stdout).toBe(`${out}: 0 files written, 1 unchanged\n`);
      expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('<!doctype html>');
    }));

  test('replaces no page that it has not written', () =>
    withDirectoryFor(async (out) => {
      writeFileSync(join(out, 'index.html'), '<p>Mine</p>');
      const { status, stderr } = await runLive('report', '--config', config, '--out', out);
      expect(status).toBe(2);
      expect(stderr).toContain('index.html is not a generated file');
    }));

  test('takes manifests of any origin', () =>
    withDirectoryFor(async (directory) => {
      const [file, out] = [join(directory, 'cart.yaml'), join(directory, 'out')];
      writeFileSync(file, manifest);
      expect((await runLive('report', file, '--out', out)).status).toBe(0);
      const page = readFileSync(join(out, 'index.html'), 'utf8');
      expect(page).toMatch(/Deployment shop\/cart has 2 pods\. <small>[^<]*cart\.yaml:6<\/small>/);
    }));

  test('takes no base for files', () =>
    withDirectoryFor(async (directory) => {
      const file = join(directory, 'cart.yaml');
      writeFileSync(file, manifest);
      const { status, stderr } = await runLive('report', file, '--base', directory);
      expect([status, stderr]).toEqual([
        2,
        '--base compares a configuration, and files have none: remove --base, or remove the files.\n',
      ]);
    }));

  test('takes no base for tables', async () => {
    const { status, stderr } = await runLive('report', '--markdown', '--base', 'main');
    expect([status, stderr]).toEqual([
      2,
      '--base marks changes only on the HTML page: remove --base, or remove --markdown and --format json.\n',
    ]);
  });
});

describe('honeydue report --base', () => {
  /** The page of a change of production. */
  async function changed(use: (page: string) => void, ...edits: Parameters<typeof edited>[0]): Promise<void> {
    await withDirectoryFor(async (directory) => {
      const [base, out] = [join(directory, 'base.yaml'), join(directory, 'out')];
      const texts = production.files.filter(({ path }) => path.endsWith('.k8s.yaml')).map(({ text }) => text);
      writeFileSync(base, texts.join('---\n'));
      const file = writeConfiguration(directory, edited(edits));
      const { status, stderr } = await runLive('report', '--config', file, '--base', base, '--out', out);
      expect([stderr, status, existsSync(join(out, 'index.html'))]).toEqual(['', 0, true]);
      use(readFileSync(join(out, 'index.html'), 'utf8'));
    });
  }

  /** The marks of the box with a title. */
  function marks(page: string, title: string): string[] {
    const box = page
      .split('data-box=')
      .find((each) => each.includes(`class="title" x="34" y="23">${title}<`));
    return [...(box ?? '').matchAll(/class="mark [\w-]+"[^>]*>([^<]*)</g)].map(([, words = '']) => words);
  }

  test('marks what restarts', () =>
    changed(
      (page) => {
        expect(marks(page, 'admin')).toEqual(['↻ restarts']);
        expect(marks(page, 'web')).toEqual([]);
      },
      ['HOSTNAME: 0.0.0.0', 'HOSTNAME: 127.0.0.1'],
    ));
});
