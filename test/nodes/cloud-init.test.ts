import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { parse } from 'yaml';
import { cloudInit } from '../../lib/nodes/cloud-init';
import { production } from '../support/production';
import { scriptOf } from './machine';

interface CloudConfig {
  readonly write_files: readonly { path: string; permissions: string; encoding: string; content: string }[];
}

const scripts = production.files.filter(({ path }) => path.endsWith('.sh')).map(({ text }) => text);
const token = { name: 'k3s-token', base64: '$'.concat('{base64encode(var.k3s_token)}') };
const userData = cloudInit(scriptOf(), [token]);

describe('the user-data of a new server', () => {
  test('begins with #cloud-config', () => {
    expect(userData.split('\n')[0]).toBe('#cloud-config');
  });

  test('writes the very script, and the unit that runs it until it has succeeded', () => {
    const { write_files: files } = parse(userData) as CloudConfig;
    const [script, unit] = files;
    expect(gunzipSync(Buffer.from(script?.content ?? '', 'base64')).toString()).toBe(scriptOf());
    expect(script?.permissions).toBe('0700');
    expect(Buffer.from(unit?.content ?? '', 'base64').toString()).toContain(
      `\nExecStart=/bin/bash ${script?.path} --first-boot\nRestart=on-failure\n`,
    );
  });

  // systemd before 254 ignores RestartSteps and RestartMaxDelaySec, so the pause stays at RestartSec.
  test('tries again without end, also where systemd knows no growing pause', () => {
    const { write_files: files } = parse(userData) as CloudConfig;
    const unit = Buffer.from(files[1]?.content ?? '', 'base64').toString();
    for (const setting of ['StartLimitIntervalSec=0', 'Restart=on-failure', 'RestartSec=20s']) {
      expect(unit.split('\n')).toContain(setting);
    }
  });

  test('puts nothing into PATH', () => {
    const { write_files: files } = parse(userData) as CloudConfig;
    for (const { path } of files) expect(path).not.toMatch(/\/s?bin\//);
  });

  test('has a secret only as the expression that brings it, for root alone', () => {
    const { write_files: files } = parse(userData) as CloudConfig;
    expect(files.at(-1)).toEqual({
      path: '/etc/honeydue/secrets/k3s-token',
      owner: 'root:root',
      permissions: '0600',
      encoding: 'b64',
      content: token.base64,
    });
  });

  test('has nothing else that Terraform would read as its own', () => {
    expect(userData.replace(token.base64, '')).not.toMatch(/[$%]\{/);
  });

  test("is within Hetzner's limit for every node of production", () => {
    for (const script of scripts)
      expect(Buffer.byteLength(cloudInit(script, [token]))).toBeLessThan(32 * 1024);
  });

  test('is refused above it, by how much', () => {
    const noise = Array.from({ length: 2000 }, (_, index) =>
      createHash('sha256').update(`${index}`).digest('hex'),
    );
    expect(() => cloudInit(noise.join(''))).toThrow(
      /^the user-data has \d+ bytes, \d+ above Hetzner's limit of 32768/,
    );
  });

  test('is the same bytes each time', () => {
    expect(cloudInit(scriptOf(), [token])).toBe(userData);
  });
});
