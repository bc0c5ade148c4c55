import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { growthConfiguration } from '../../../bench/growth-configuration';
import { pageOfDeployment, pageOfFiles } from '../../../lib/cli/report/page';
import { synthesize } from '../../../lib/cli/synthesize';
import { assemblePage } from '../../../lib/report/page/assemble';
import { root, withDirectoryFor, writeConfiguration } from '../../support/configuration';
import { production } from '../../support/production';
import { hasBrowser, openBrowser } from './browser';
import { type Geometry, geometryOf, overlaps } from './geometry';

/** Production with more services. */
async function grown(services: number): Promise<string> {
  return withDirectoryFor(async (directory) => {
    const { deployment, lock } = growthConfiguration(root, services);
    const synthesis = synthesize(writeConfiguration(directory, deployment, lock), undefined, {
      allowExpired: true,
    });
    return assemblePage(pageOfDeployment(synthesis));
  });
}

/** A page of manifests: five Deployments, each behind a Service of its own. */
async function small(): Promise<string> {
  return withDirectoryFor(async (directory) => {
    const names = [
      'cart',
      'checkout',
      'a-service-with-a-name-as-long-as-kubernetes-allows-for-a-label-ok',
      'mail',
      'www',
    ];
    const objects = names.flatMap((name) => [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace: 'shop' },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: { containers: [{ name: 'main', image: `${name}:1` }] },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: 'shop' },
        spec: { type: 'LoadBalancer', selector: { app: name }, ports: [{ port: 443, targetPort: 8443 }] },
      },
    ]);
    const file = join(directory, 'shop.yaml');
    writeFileSync(file, objects.map((object) => JSON.stringify(object)).join('\n---\n'));
    return assemblePage(pageOfFiles([file], {}));
  });
}

const describeInBrowser = hasBrowser() ? describe : describe.skip;

describeInBrowser('the page in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  /** Opens a page from a file. */
  async function open<T>(
    html: string,
    use: (page: Page) => Promise<T>,
    options: Parameters<Browser['newContext']>[0] = {},
  ): Promise<T> {
    return withDirectoryFor(async (directory) => {
      const file = join(directory, 'index.html');
      writeFileSync(file, html);
      const context = await browser.newContext({ viewport: { width: 1600, height: 1000 }, ...options });
      try {
        const page = await context.newPage();
        await page.goto(pathToFileURL(file).href);
        return await use(page);
      } finally {
        await context.close();
      }
    });
  }

  describe.each([
    ['5 workloads', small],
    ['production', () => assemblePage(pageOfDeployment(production))],
    ['20 workloads', () => grown(11)],
    ['100 workloads', () => grown(91)],
  ])('with %s', (_, write) => {
    let html: string;
    let geometry: Geometry;
    beforeAll(async () => {
      html = await write();
      geometry = await open(html, geometryOf);
    }, 120_000);

    test('has boxes', () => expect(geometry.boxes.length).toBeGreaterThan(5));

    test('no boxes and labels overlap', () => expect(overlaps(geometry)).toEqual([]));

    test('is smaller than 1 MB', () => expect(Buffer.byteLength(html)).toBeLessThan(1_000_000));
  });

  describe("production's page", () => {
    let html: string;
    beforeAll(async () => {
      html = await assemblePage(pageOfDeployment(production));
    });

    test('makes no request, and its script has no error', async () => {
      const found: string[] = [];
      await withDirectoryFor(async (directory) => {
        const file = join(directory, 'index.html');
        writeFileSync(file, html);
        const page = await browser.newPage();
        page.on('request', (request) => found.push(request.url()));
        page.on('console', (message) => found.push(message.text()));
        page.on('pageerror', (error) => found.push(error.message));
        await page.goto(pathToFileURL(file).href);
        await page.close();
        expect(found).toEqual([pathToFileURL(file).href]);
      });
    });

    test('is drawn in less than 300 ms', async () => {
      const times: number[] = [];
      // The fastest of at most twenty: a machine that is busy otherwise is no reason to fail.
      while (times.length < 20 && !times.some((time) => time < 300)) times.push(await open(html, firstPaint));
      expect(Math.min(...times)).toBeLessThan(300);
    });

    test.each([360, 1600])('fits a screen of %i pixels', async (width) => {
      const scroll = await open(html, (page) => page.evaluate('document.documentElement.scrollWidth'), {
        viewport: { width, height: 800 },
      });
      expect(scroll).toBeLessThanOrEqual(width);
    });

    test('is readable without scripts', async () => {
      const text = await open(html, (page) => page.locator('body').innerText(), { javaScriptEnabled: false });
      expect(text).toContain('DNS records: 4 hosts, proxied');
      expect(text).not.toContain('Play a failure');
    });

    test('shows the evidence of what has the focus', async () => {
      const shown = await open(html, async (page) => {
        await page.focus('[data-box] a[aria-label^="redis,"]');
        const panel = await page.locator('.panel').innerText();
        await page.keyboard.press('Escape');
        return [panel, await page.locator('.panel').isVisible()] as const;
      });
      expect(shown[0]).toContain('redis-data requests 5Gi.');
      expect(shown[1]).toBe(false);
    });

    test('shows the policies of the line under the pointer', async () => {
      const panel = await open(html, async (page) => {
        const hit = page.locator('.line.layer-connections .hit').first();
        await hit.dispatchEvent('pointerover');
        return page.locator('.panel').innerText();
      });
      expect(panel).toMatch(/allowed by NetworkPolicy .*\. 1-network\.k8s\.yaml:\d+/);
    });

    test('plays the loss of hetzner2', async () => {
      const [statuses, words, geometry] = await open(html, async (page) => {
        await page.selectOption('#failure', { label: 'hetzner2 is lost' });
        const all = await page.locator('[data-state] .status').allTextContents();
        return [all, await page.locator('.outcome').innerText(), await geometryOf(page)] as const;
      });
      expect(statuses).toEqual(
        expect.arrayContaining(['▲ 2 of 3, all in 5 min 58 s', '✕ down, back in 3 min 58 s']),
      );
      expect(words).toContain('worker: 0 of 1 stay ready; all pods ready again within 6 min 12 s');
      expect(overlaps(geometry)).toEqual([]);
    });

    test('hides a layer', async () => {
      const visible = await open(html, async (page) => {
        await page.uncheck('#show-traffic');
        return page.locator('.kind-edge .title').isVisible();
      });
      expect(visible).toBe(false);
    });
  });
});

async function firstPaint(page: Page): Promise<number> {
  const time = await page.evaluate(`new Promise((done) => {
    const read = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const wait = () => (read() === undefined ? requestAnimationFrame(wait) : done(read()));
    wait();
  })`);
  return Number(time);
}
