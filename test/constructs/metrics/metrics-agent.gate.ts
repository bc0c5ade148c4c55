import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withDirectory } from '../../support/configuration';
import { available } from '../../support/programs';
import { args, config } from './metrics-agent';

/** The very arguments of the manifest, under a real vmagent; Debian's package is called victoria-metrics. */
const withPromtool = available('promtool') ? describe : describe.skip;
const withAgent = available('vmagent') ? describe : describe.skip;

withPromtool('the scrape configuration', () => {
  test('is one for Prometheus too', () => {
    const { status, stderr } = withDirectory((directory) => {
      writeFileSync(join(directory, 'scrape.yml'), config());
      return spawnSync('promtool', ['check', 'config', '--lint=all', join(directory, 'scrape.yml')], {
        encoding: 'utf8',
      });
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

withAgent('a real vmagent', () => {
  let directory: string;
  let server: Server | undefined;
  let agent: ChildProcess | undefined;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'vmagent-'));
  });

  afterEach(() => {
    agent?.kill('SIGKILL');
    server?.closeAllConnections();
    server?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The manifest's arguments with its files below a directory and its ports elsewhere. */
  function here(url: string): string[] {
    mkdirSync(join(directory, 'etc/vmagent'), { recursive: true });
    mkdirSync(join(directory, 'etc/remote-write'));
    writeFileSync(join(directory, 'etc/remote-write/METRICS_TOKEN'), 'a-token\n');
    writeFileSync(join(directory, 'etc/vmagent/scrape.yml'), scrapeLocalhost(url));
    return args().map((arg) =>
      arg
        .replace('https://metrics.example.com', url)
        .replace(/=\/(etc|var)/, (_, root) => `=${directory}/${root}`)
        .replace('=:8429', '=127.0.0.1:0'),
    );
  }

  /** One target: the very server that the agent writes to. */
  function scrapeLocalhost(url: string): string {
    const port = Number(new URL(url).port);
    const targets = [{ job: 'cart', host: 'localhost', port, path: '/metrics', interval: '1s' }];
    return config({ targets });
  }

  test('accepts the scrape configuration and every argument', () => {
    const options = ['-dryRun', '-loggerLevel=WARN'];
    const { status, stderr } = spawnSync('vmagent', [...here('http://127.0.0.1:1'), ...options], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
  });

  test('scrapes what DNS answers, and writes it with the token of the file', async () => {
    const asked: string[] = [];
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim());
      request.resume().on('end', () => response.end('cart_total 1\n'));
    });
    const port = await listening(server);
    agent = spawn('vmagent', here(`http://127.0.0.1:${port}`), { stdio: 'ignore' });
    for (let i = 0; i < 200 && new Set(asked).size < 2; i += 1) await sleep(50);
    expect([...new Set(asked)]).toEqual(['GET /metrics', 'POST /api/v1/write Bearer a-token']);
  });
});

function listening(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
