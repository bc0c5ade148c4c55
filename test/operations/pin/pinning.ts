import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { ImagesLock } from '../../../lib/deployment/config/schema/schema';
import { type Run, runLive } from '../../support/command';
import { type Edit, edited, withDirectoryFor, writeConfiguration } from '../../support/configuration';
import { type StandInOptions, StandInRegistry } from '../../support/registry/stand-in';

/** A configuration whose api and redis are in a registry on loopback. */
export interface Pinning {
  readonly registry: StandInRegistry;
  readonly config: string;
  readonly directory: string;
  /** `honeydue pin`, on this configuration. */
  readonly pin: (...args: string[]) => Promise<Run>;
  readonly text: (file: 'production.yaml' | 'images.lock.yaml') => string;
  readonly lock: () => ImagesLock;
}

export const repositories = { api: 'admin/honeydue-api', redis: 'library/redis' } as const;

export async function withPinning(
  use: (pinning: Pinning) => Promise<void>,
  edits: readonly Edit[] = [],
  lockText?: string,
  options: StandInOptions = {},
): Promise<void> {
  const registry = await new StandInRegistry(options).start();
  const text = edited([
    [`gitea.treytartt.com/${repositories.api}`, `${registry.host}/${repositories.api}`],
    ['    repository: redis ', `    repository: ${registry.host}/${repositories.redis} `],
    ...edits,
  ]);
  try {
    await withDirectoryFor(async (directory) => {
      const config = writeConfiguration(directory, text, lockText);
      const read = (file: string) => readFileSync(join(dirname(config), file), 'utf8');
      await use({
        ...{ registry, config, directory },
        pin: (...args) => runLive('pin', ...args, '--config', config),
        text: read,
        lock: () => parse(read('images.lock.yaml')) as ImagesLock,
      });
    });
  } finally {
    await registry.stop();
  }
}
