import { readFileSync, writeFileSync } from 'node:fs';
import { editYaml, type YamlEdit } from '../../lib/input/yaml-edit';
import { runLive } from '../support/command';
import type { Edit } from '../support/configuration';
import { imageFor } from '../support/registry/images';
import type { StandInRegistry } from '../support/registry/stand-in';

/** The images that nothing runs yet, each with the tag that the operator chooses. */
export const chosen = {
  'redis-exporter': { repository: 'oliver006/redis_exporter', tag: 'v1.83.0' },
  postgres: { repository: 'postgres', tag: '17-alpine' },
  age: { repository: 'jauderho/age', tag: 'v1.2.1' },
  rclone: { repository: 'rclone/rclone', tag: '1.74.0' },
  curl: { repository: 'curlimages/curl', tag: '8.16.0' },
};

/** What the operator reads or decides. */
export const decided: readonly (readonly [
  path: readonly string[],
  value: string | number | readonly string[],
])[] = [
  [['cluster', 'registry', 'user'], 'deploy'],
  [['external', 'postgres-direct', 'host'], 'ep-floral-truth-amttbc5b.c-5.us-east-1.aws.neon.tech'],
  [['metrics', 'importPath'], '/api/v1/import/prometheus'],
  [['workloads', 'postgres-backup', 'bucket', 'name'], 'honeyDueBackup'],
  [['workloads', 'postgres-backup', 'minimumBytes'], 4_000_000],
  [
    ['edge', 'cloudflare', 'signIn', 'paths'],
    ['auth/login/', 'auth/apple/'],
  ],
];

/** Pushes the images that nothing runs yet, and returns the edits by which the configuration takes them from there. */
export function atRegistry(registry: StandInRegistry): Edit[] {
  return Object.entries(chosen).map(([name, { repository, tag }]): Edit => {
    registry.push(repository, tag, { amd64: imageFor('amd64', name) });
    return [`    repository: ${repository}\n`, `    repository: ${registry.host}/${repository}\n`];
  });
}

/**
 * Fills in what no source knows, as docs/tasks/adopt.md says: by `pin`, by `secrets generate`, and by hand.
 *
 * @param more other values that are set by hand
 */
export async function answerAsOperator(config: string, more: readonly YamlEdit[] = []): Promise<void> {
  const pins = Object.entries(chosen).map(([name, { tag }]) => `${name}=${tag}`);
  for (const command of [
    ['pin', ...pins],
    ['secrets', 'generate'],
  ])
    expect(await runLive(...command, '--config', config)).toMatchObject({ status: 0, stderr: '' });
  const edits = decided.map(([path, value]): YamlEdit => ({ kind: 'set', path, value }));
  writeFileSync(config, editYaml(readFileSync(config, 'utf8'), [...edits, ...more]));
}
