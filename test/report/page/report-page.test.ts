import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pageOfDeployment, pageOfFiles } from '../../../lib/cli/report/page';
import { assemblePage } from '../../../lib/report/page/assemble';
import { withDirectoryFor } from '../../support/configuration';
import { production } from '../../support/production';

let page: string;
beforeAll(async () => {
  page = await assemblePage(pageOfDeployment(production));
});

describe("production's page", () => {
  test('is smaller than 1 MB', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  });

  test('refers to nothing outside of itself', () => {
    expect(page.match(/ (?:src|srcset|href|action|poster|data)="(?!#)[^"]*"/g)).toBeNull();
    expect(page).not.toMatch(/url\(|@import/);
  });

  test('forbids every request, and every style and script but its own', () => {
    const hash = (text = '') => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const style = hash(/<style>([\s\S]*?)<\/style>/.exec(page)?.[1]);
    const script = hash(/<script>([\s\S]*?)<\/script>/.exec(page)?.[1]);
    expect(/Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]).toBe(
      `default-src 'none'; style-src ${style}; script-src ${script}; base-uri 'none'; form-action 'none'`,
    );
    expect(page).not.toMatch(/ style="| on[a-z]+="/);
  });

  test.each([
    ['a record', 'The DNS record api.myhoneydue.com (A) points to 178.104.247.152, proxied.'],
    ['a rule of Cloudflare', 'Rule 2: Files that no host has and every scanner asks for (block).'],
    ['the firewall', 'The firewall allows incoming TCP 443: HTTPS, from Cloudflare.'],
    [
      'a firewall on a node',
      "The node's own firewall (ufw) lets TCP 443 in from 173.245.48.0/20 and 21 more: Cloudflare.",
    ],
    ['an Ingress', 'Ingress honeydue/api sends api.myhoneydue.com/ to Service api.'],
    [
      'the middlewares',
      'honeydue-security-headers, honeydue-rate-limit, honeydue-compression, in this order.',
    ],
    [
      'a policy',
      'The server may accept the connection: allowed by NetworkPolicy honeydue/allow-ingress-to-redis.',
    ],
    ['a volume', 'The PersistentVolumeClaim redis-data requests 5Gi.'],
    ['a Secret', 'The workload reads REDIS_PASSWORD of the Secret honeydue-secrets.'],
  ])('states %s with its line', (_, sentence) => {
    const place = '<small>[^<]+:\\d+</small> <code>[^<]+</code>';
    const escaped = sentence.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    expect(new RegExp(`${escaped} ${place}</li>`).test(page)).toBe(true);
  });

  test('has each failure of the drill, and the loss of each node', () => {
    const data = /<script type="application\/json" id="failure-data">(.*?)<\/script>/.exec(page)?.[1] ?? '';
    const failures = JSON.parse(data) as { id: string; nodes: string[]; boxes: object }[];
    expect(failures.find(({ id }) => id === 'node-lost:hetzner2')).toMatchObject({ nodes: ['hetzner2'] });
    expect(failures.map(({ id }) => id)).toEqual(expect.arrayContaining(['node-drained', 'crash:api']));
  });

  test('has the tables', () => {
    for (const id of ['services', 'flows', 'failures', 'guarantees'])
      expect(page).toContain(`<section id="${id}" class="table">`);
  });
});

describe('manifests of another origin', () => {
  const hostile = '</script><script>alert(1)</script>"\'&';
  const manifest = JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `cart${hostile}`, namespace: `shop${hostile}`, labels: { [hostile]: hostile } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: hostile } },
      template: {
        metadata: { labels: { app: hostile } },
        spec: {
          nodeSelector: { [hostile]: hostile },
          containers: [
            {
              name: hostile,
              image: hostile,
              env: [{ name: 'KEY', valueFrom: { secretKeyRef: { name: hostile, key: hostile } } }],
            },
          ],
        },
      },
    },
  });

  test('write no element by their names', () =>
    withDirectoryFor(async (directory) => {
      const file = join(directory, 'cart.yaml');
      writeFileSync(file, manifest);
      const html = await assemblePage(pageOfFiles([file], {}));
      expect(html).not.toContain('<script>alert');
      expect(html.match(/<script\b/g)).toHaveLength(2);
      expect(html).toContain('cart&lt;/script&gt;&lt;script&gt;alert(1)');
    }));
});
