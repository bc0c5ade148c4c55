import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';
import { runLive } from '../../support/command';
import { edited, writeConfiguration } from '../../support/configuration';
import { freePort } from '../../support/free-port';
import { available } from '../../support/programs';
import { imageFor } from '../../support/registry/images';
import { type PushTarget, pushImage, pushIndex } from '../../support/registry/push';

/** Debian's docker-registry, of the package of that name: the CNCF Distribution's own server. */
const registryTest = available('docker-registry') ? describe : describe.skip;

const password = 'Lösung 7+/';
/** `htpasswd -Bbn pinner 'Lösung 7+/'`: the registry takes bcrypt only. */
const htpasswd = 'pinner:$2y$05$WnnM.miqA84GGM3nEEvxmutKzbpnUpiBPtsUTWKBzSTgCjVTxbtbK\n';

interface RealRegistry {
  readonly process: ChildProcess;
  readonly target: PushTarget;
  readonly host: string;
}

async function startRegistry(directory: string, hasLogin: boolean): Promise<RealRegistry> {
  const host = `127.0.0.1:${await freePort()}`;
  mkdirSync(join(directory, 'storage'), { recursive: true });
  writeFileSync(join(directory, 'htpasswd'), htpasswd);
  const configuration = {
    version: '0.1',
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(directory, 'storage') }, delete: { enabled: true } },
    http: { addr: host },
    ...(hasLogin && { auth: { htpasswd: { realm: 'honeydue', path: join(directory, 'htpasswd') } } }),
  };
  writeFileSync(join(directory, 'registry.yaml'), JSON.stringify(configuration));
  const process = spawn('docker-registry', ['serve', join(directory, 'registry.yaml')], { stdio: 'ignore' });
  for (let attempt = 0; ; attempt += 1) {
    const answer = await fetch(`http://${host}/v2/`).catch(() => undefined);
    if (answer !== undefined) break;
    if (attempt > 100) throw new Error('docker-registry does not start');
    await wait(100);
  }
  const authorization = `Basic ${Buffer.from(`pinner:${password}`).toString('base64')}`;
  return { process, host, target: { origin: `http://${host}`, ...(hasLogin && { authorization }) } };
}

const images = (version: string) => ({
  amd64: imageFor('amd64', version),
  arm64: imageFor('arm64', version),
});

registryTest.each([
  ['without a password', false],
  ['with a password', true],
])('a real registry %s', (_, hasLogin) => {
  let directory: string;
  let registry: RealRegistry;
  let config: string;
  const dockerConfig = process.env['DOCKER_CONFIG'];
  const read = (file: string) => readFileSync(join(directory, file), 'utf8');
  const locked = () => (parse(read('images.lock.yaml')) as Record<string, unknown>)['redis'];

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'honeydue-registry-'));
    registry = await startRegistry(directory, hasLogin);
    process.env['DOCKER_CONFIG'] = directory;
    const auth = Buffer.from(`pinner:${password}`).toString('base64');
    writeFileSync(join(directory, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    const text = edited([['    repository: redis ', `    repository: ${registry.host}/library/redis `]]);
    config = writeConfiguration(directory, text);
  });

  afterAll(async () => {
    if (dockerConfig === undefined) delete process.env['DOCKER_CONFIG'];
    else process.env['DOCKER_CONFIG'] = dockerConfig;
    const ended = once(registry.process, 'exit');
    registry.process.kill();
    await ended;
    rmSync(directory, { recursive: true, force: true });
  });

  const pin = (...args: string[]) => runLive('pin', ...args, '--config', config);

  test('locks an index and its manifest, and keeps both while only arm64 moves', async () => {
    const first = images('1');
    const { digest } = await pushIndex(registry.target, 'library/redis', '7-alpine', first);
    expect(await pin('redis')).toMatchObject({ status: 0, stderr: '' });
    const expected = { tag: '7-alpine', digest, manifests: { amd64: first.amd64.manifest.digest } };
    expect(locked()).toEqual(expected);
    const { arm64 } = images('2');
    await pushIndex(registry.target, 'library/redis', '7-alpine', { amd64: first.amd64, arm64 });
    expect((await pin('redis')).stdout).toContain('kept: changed only for architectures that no node has');
    expect(locked()).toEqual(expected);
  });

  test('moves with the manifest of the nodes, and --check says so first', async () => {
    const { digest } = await pushIndex(registry.target, 'library/redis', '7-alpine', images('3'));
    expect(await pin('redis', '--check')).toMatchObject({ status: 1 });
    expect(await pin('redis')).toMatchObject({ status: 0 });
    expect(locked()).toMatchObject({ digest });
    expect(await pin('redis', '--check')).toMatchObject({ status: 0 });
  });

  test('locks an image for one architecture by its own digest', async () => {
    const image = imageFor('amd64', '4');
    await pushImage(registry.target, 'library/redis', '8', image);
    await pin('redis=8');
    const { digest } = image.manifest;
    expect(locked()).toEqual({ tag: '8', digest, manifests: { amd64: digest } });
    expect(read('production.yaml')).toContain('    tag: "8"\n');
  });

  test('refuses a tag that is not there, and an image for other nodes', async () => {
    const before = [read('production.yaml'), read('images.lock.yaml')];
    await pushImage(registry.target, 'library/redis', 'arm', imageFor('arm64'));
    expect(await pin('redis=gone')).toMatchObject({
      status: 1,
      stderr: `images.redis: ${registry.host} has no gone of library/redis.\n`,
    });
    expect((await pin('redis=arm')).stderr).toContain('is built for arm64 only, but the nodes need amd64');
    expect([read('production.yaml'), read('images.lock.yaml')]).toEqual(before);
  });

  test('asks a helper for the password', async () => {
    if (!hasLogin) return;
    const answer = JSON.stringify({ Username: 'pinner', Secret: password });
    const asked = join(directory, 'asked');
    writeFileSync(
      join(directory, 'docker-credential-of-test'),
      `#!/bin/sh\ncat > '${asked}'\nprintf '%s' '${answer}'\n`,
    );
    chmodSync(join(directory, 'docker-credential-of-test'), 0o755);
    const file = join(directory, 'config.json');
    const [before, path] = [readFileSync(file), process.env['PATH']];
    try {
      process.env['PATH'] = `${directory}:${path}`;
      writeFileSync(file, JSON.stringify({ credHelpers: { [registry.host]: 'of-test' } }));
      expect(await pin('redis')).toMatchObject({ status: 0 });
      expect(readFileSync(asked, 'utf8')).toBe(registry.host);
      writeFileSync(file, '{}');
      expect(await pin('redis')).toMatchObject({
        status: 1,
        stderr: `images.redis: ${registry.host} asks for a login to read library/redis (401); run: docker login ${registry.host}.\n`,
      });
    } finally {
      process.env['PATH'] = path;
      writeFileSync(file, before);
    }
  });
});
