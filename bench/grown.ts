import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { growthConfiguration } from './growth-configuration';

/** Runs `use` with the path of a configuration that has the given number of services. The files are temporary. */
export function withGrown<T>(
  root: string,
  services: number,
  use: (path: string) => T,
  edit = (deployment: string) => deployment,
): T {
  const directory = mkdtempSync(join(tmpdir(), 'grown-'));
  try {
    const { deployment, lock } = growthConfiguration(root, services);
    writeFileSync(join(directory, 'production.yaml'), edit(deployment));
    writeFileSync(join(directory, 'images.lock.yaml'), lock);
    const ranges = 'cloudflare-ip-ranges.json';
    copyFileSync(join(root, 'config', ranges), join(directory, ranges));
    return use(join(directory, 'production.yaml'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
