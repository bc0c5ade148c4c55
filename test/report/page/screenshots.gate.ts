import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { runLive } from '../../support/command';
import { edited, root, withDirectoryFor, writeConfiguration } from '../../support/configuration';
import { hasBrowser, openBrowser } from './browser';

/** `UPDATE_SCREENSHOTS=1` takes the pictures again. Fonts differ between machines, so that no test compares them. */
const isUpdate = process.env['UPDATE_SCREENSHOTS'] !== undefined;

const pictures = join(root, 'docs', 'report');
const config = join(root, 'config', 'production.yaml');

interface Shot {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  readonly hash?: string;
  /** The replacement that is the change of a page with a base. */
  readonly edits?: readonly (readonly [string, string])[];
}

const shots: readonly Shot[] = [
  { name: 'production', width: 1600, height: 1040, scheme: 'light' },
  { name: 'failure', width: 1600, height: 1240, scheme: 'dark', hash: '#when-node-lost:hetzner2' },
  {
    ...{ name: 'change', width: 1600, height: 1240, scheme: 'light' },
    edits: [
      ['hosts: [app.myhoneydue.com]', 'hosts: [app.myhoneydue.com, www.myhoneydue.com]'],
      ['connectsTo: [public-api]', 'connectsTo: [public-api, redis]'],
    ],
  },
  { name: 'narrow', width: 360, height: 900, scheme: 'light' },
];

const read = (path: string) => readFileSync(path, 'utf8');

/** Writes a page, and takes its picture. */
function take(browser: Browser, { name, width, height, scheme, hash = '', edits }: Shot): Promise<void> {
  return withDirectoryFor(async (directory) => {
    const texts = ['images.lock.yaml', 'cloudflare-ip-ranges.json'].map((each) =>
      read(join(root, 'config', each)),
    );
    const file = writeConfiguration(directory, edited(edits ?? [], read(config)), ...texts);
    const base = edits === undefined ? [] : ['--base', join(root, '__snapshots__')];
    await runLive('report', '--config', file, '--out', directory, ...base);
    const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
    await page.goto(`${pathToFileURL(join(directory, 'index.html')).href}${hash}`);
    mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.jpeg`), type: 'jpeg', quality: 62 });
    await page.close();
  });
}

describe('the pictures in docs/report', () => {
  if (isUpdate && hasBrowser()) {
    let browser: Browser;
    beforeAll(async () => {
      browser = await openBrowser();
    });
    afterAll(() => browser.close());
    test.each(shots)('take $name', (shot) => take(browser, shot), 60_000);
  }

  test('are those that the gate takes', () => {
    expect(
      existsSync(pictures)
        ? readdirSync(pictures)
            .filter((name) => name.endsWith('.jpeg'))
            .sort()
        : [],
    ).toEqual(shots.map(({ name }) => `${name}.jpeg`).sort());
  });

  test('are small', () => {
    for (const { name } of shots)
      expect(readFileSync(join(pictures, `${name}.jpeg`)).length).toBeLessThan(200_000);
  });
});
