import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Document, parseDocument } from 'yaml';
import { synthesize } from '../../../lib/cli/synthesize';
import { ConfigError } from '../../../lib/input/problem';
import { edited, withDirectory, writeConfiguration } from '../../support/configuration';
import { staging } from '../config/environment/environments';

/** A Python worker that takes its work from a queue in Redis, as an operator first writes it. */
const worker = `
  importer:
    kind: Worker
    image: importer
    command: [python, -m, importer]
    replicas: 2
    minAvailable: 1
    user: 10001
    connectsTo: [redis, postgres]
    environment:
      QUEUE_URL: { compose: "redis://:$(REDIS_PASSWORD)@redis:6379/1" }
    secrets:
      honeydue-secrets: { keys: [REDIS_PASSWORD] }
    scratch:
      tmp: { directory: /tmp, sizeLimit: 64Mi }
    resources:
      cpu: { request: 50m, limit: 500m }
      memory: { request: 64Mi, limit: 256Mi }
`;

/** A web service with a host and a Secret for its database. */
const service = `
  docs:
    kind: WebService
    image: docs
    replicas: 2
    minAvailable: 1
    port: 3000
    hosts: [docs.myhoneydue.com]
    user: 10001
    connectsTo: [postgres]
    secrets:
      docs-database: { keys: [DATABASE_URL] }
    resources:
      cpu: { request: 50m, limit: 500m }
      memory: { request: 64Mi, limit: 256Mi }
    probes:
      startup: { path: /, failureThreshold: 24 }
      readiness: { path: /, timeoutSeconds: 5 }
      liveness: { periodSeconds: 30 }
`;

const deployment = 'production.yaml';
const lock = 'images.lock.yaml';
const first = edited([['\nworkloads:\n', `\nworkloads:\n${worker}${service}`]]);

/** The values that only the operator knows, by the last part of a path that a message names. */
const known = { repository: 'registry.example.com/team/image', tag: 'v1' };

function messagesOf(directory: string): string[] {
  try {
    synthesize(join(directory, deployment));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

/** Does what a message asks for, and nothing else: the paths after `add`, and the commands. */
function obey(message: string, directory: string): void {
  const added = [...message.matchAll(/(?:add|and) ((?:images|secrets)\.[^ :,]+)/g)].map(
    ([, path = '']) => path,
  );
  if (added.length === 0) throw new Error(`it says nothing to add: ${message}`);
  change(directory, deployment, (document) => {
    for (const path of added) {
      const last = path.split('.').at(-1) as keyof typeof known;
      document.setIn(path.split('.'), known[last] ?? 'what it is for');
    }
  });
  const [, pinned] = /npx honeydue pin (\S+)/.exec(message) ?? [];
  if (pinned !== undefined) change(directory, lock, (document) => pin(document, pinned));
}

/** What `honeydue pin` writes; its own tests run it against a registry. */
function pin(document: Document, image: string): void {
  document.setIn([image], { tag: known.tag, digest: `sha256:${'6'.repeat(64)}` });
}

function change(directory: string, file: string, edit: (document: Document) => void): void {
  const path = join(directory, file);
  const document = parseDocument(readFileSync(path, 'utf8'));
  edit(document);
  writeFileSync(path, document.toString());
}

function textsOf(directory: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(directory).map((file) => [file, readFileSync(join(directory, file), 'utf8')] as const),
  );
}

describe('a sixth and a seventh workload, next to an environment that extends production', () => {
  let directory = '';
  let messages: string[] = [];

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'honeydue-'));
    writeConfiguration(directory, first);
    writeFileSync(join(directory, 'staging.yaml'), staging);
    messages = messagesOf(directory);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  test('the first synth names everything to add', () => {
    expect(messages.map((message) => message.replace(/known are .*?; /, ''))).toEqual([
      'workloads.importer.image: names the image "importer", which isn\'t declared; add images.importer.repository and images.importer.tag, and the digest with npx honeydue pin importer',
      'workloads.docs.image: names the image "docs", which isn\'t declared; add images.docs.repository and images.docs.tag, and the digest with npx honeydue pin docs',
      'workloads.docs.secrets.docs-database: names the Secret "docs-database", which isn\'t declared; add secrets.docs-database.keys.DATABASE_URL: <what it is for>',
    ]);
  });

  test('after exactly what it says, the second synth writes both, and two files are changed', () => {
    const before = textsOf(directory);
    for (const message of messages) obey(message, directory);
    const { files, warnings } = synthesize(join(directory, deployment));
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['3-importer.k8s.yaml', '3-docs.k8s.yaml']),
    );
    expect(
      [...textsOf(directory)].filter(([file, text]) => before.get(file) !== text).map(([file]) => file),
    ).toEqual([lock, deployment]);
    expect(warnings.filter((warning) => warning.includes('staging.yaml'))).toEqual([
      expect.stringMatching(
        /staging\.yaml needs a value of its own: workloads\.docs\.hosts\[0\] is docs\.myhoneydue\.com, as in .*choose another host\.$/,
      ),
    ]);
  });
});

test('what an incomplete workload names is reported together with what it lacks', () => {
  const incomplete = first.replace(
    '    replicas: 2\n    minAvailable: 1\n    port',
    '    sidecars: [{ name: log, image: logger }]\n    port',
  );
  const messages = withDirectory((directory) => {
    writeConfiguration(directory, incomplete);
    return messagesOf(directory);
  });
  expect(messages).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^workloads\.docs\.replicas: is missing/),
      expect.stringMatching(/^workloads\.docs\.minAvailable: is missing/),
      expect.stringMatching(/^workloads\.docs\.sidecars\[0\]\.image: names the image "logger"/),
      expect.stringMatching(/^workloads\.docs\.image: names the image "docs", which isn't declared/),
      expect.stringMatching(
        /^workloads\.docs\.secrets\.docs-database: .*add secrets\.docs-database\.keys\.DATABASE_URL/,
      ),
    ]),
  );
});
