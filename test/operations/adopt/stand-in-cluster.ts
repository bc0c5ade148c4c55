import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Run, runLive } from '../../support/command';
import { type Edit, edited, withDirectoryFor, writeConfiguration } from '../../support/configuration';

/**
 * A kubectl that answers as kubectl 1.34 and a k3s of that release do:
 * - `proxy --unix-socket=…` serves the lists and objects of the file `api.json`, by their paths; 404 for every other path, and for a
 *   path with a number as its answer that code
 * - `get secrets -o go-template=…` prints the lines of the file `secrets`, as the template prints them
 * - `config current-context` prints a name
 */
const program = `#!/usr/bin/env node
const { createServer } = require('node:http');
const { appendFileSync, readFileSync } = require('node:fs');
const args = process.argv.slice(2).filter((each) => !each.startsWith('--context='));
appendFileSync(__dirname + '/calls', JSON.stringify(process.argv.slice(2)) + '\\n');
if (args[0] === 'config') console.log('stand-in');
else if (args[0] === 'get') {
  const text = readFileSync(__dirname + '/secrets', 'utf8');
  if (text.startsWith('Error')) { console.error(text); process.exitCode = 1; } else process.stdout.write(text);
} else {
  const paths = JSON.parse(readFileSync(__dirname + '/api.json', 'utf8'));
  createServer((request, response) => {
    appendFileSync(__dirname + '/requests', request.method + ' ' + request.url + '\\n');
    const found = paths[request.url];
    const code = typeof found === 'number' ? found : found === undefined ? 404 : 200;
    response.writeHead(code, { 'content-type': 'application/json' });
    const message = code === 404 ? 'the server could not find the requested resource' : 'forbidden: User "operator" cannot list';
    response.end(JSON.stringify(code === 200 ? found : { kind: 'Status', message, code }));
  }).listen(args.find((each) => each.startsWith('--unix-socket=')).slice('--unix-socket='.length), () => console.log('Starting to serve'));
}
`;

/** Answers by path: an object, a list or a text, or the code of a refusal. */
export type ApiPaths = Readonly<Record<string, object | number | string>>;

export interface AdoptCase {
  readonly directory: string;
  readonly config: string;
  /** `honeydue adopt`, on this configuration. */
  readonly adopt: (...args: string[]) => Promise<Run>;
  readonly text: (file: string) => string;
  /** What was sent to the API server. */
  readonly requests: () => readonly string[];
}

const uid = '0e4a4ee6-6f0b-4a9d-8a49-3c8c3d5d3c11';

/** A cluster of production's nodes without an object in the namespace. */
export const emptyCluster: ApiPaths = {
  '/api/v1/namespaces/kube-system': { kind: 'Namespace', metadata: { name: 'kube-system', uid } },
  '/version': { gitVersion: 'v1.34.6+k3s1' },
  '/api/v1/nodes': {
    items: ['1', '2', '3'].map((each) => ({ metadata: { name: `ubuntu-8gb-nbg1-${each}` } })),
  },
  '/apis/apps/v1/namespaces/honeydue/deployments': { items: [] },
  '/apis/batch/v1/namespaces/honeydue/jobs': { items: [] },
  '/apis/batch/v1/namespaces/honeydue/cronjobs': { items: [] },
  '/api/v1/namespaces/honeydue/pods': { items: [] },
  '/api/v1/namespaces/honeydue/configmaps': { items: [] },
};

export interface AdoptSetup {
  readonly api?: ApiPaths;
  /** Lines of `readLiveSecrets`'s template. */
  readonly secrets?: string;
  readonly edits?: readonly Edit[];
  /** The text that the edits change. @default the configuration of the fixtures */
  readonly configuration?: string;
  readonly lock?: string;
}

/** Runs `use` with a configuration, and with the stand-in as the kubectl of PATH. */
export async function withAdoptCase(
  { api = {}, secrets = '', edits = [], configuration, lock }: AdoptSetup,
  use: (each: AdoptCase) => Promise<void>,
): Promise<void> {
  const { PATH } = process.env;
  await withDirectoryFor(async (directory) => {
    const config = writeConfiguration(directory, edited(edits, configuration), lock);
    writeFileSync(join(directory, 'kubectl'), program);
    chmodSync(join(directory, 'kubectl'), 0o755);
    writeFileSync(join(directory, 'api.json'), JSON.stringify({ ...emptyCluster, ...api }));
    writeFileSync(join(directory, 'secrets'), secrets);
    const text = (file: string) =>
      existsSync(join(directory, file)) ? readFileSync(join(directory, file), 'utf8') : '';
    process.env['PATH'] = `${directory}:${PATH}`;
    try {
      await use({
        ...{ directory, config, text },
        adopt: (...args) => runLive('adopt', '--config', config, ...args),
        requests: () => text('requests').split('\n').filter(Boolean),
      });
    } finally {
      process.env['PATH'] = PATH;
    }
  });
}
