import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretsCase } from './secrets-of';

/** What the stand-in was called with. */
export interface KubectlCall {
  readonly args: readonly string[];
  readonly input: string;
}

/**
 * A kubectl that records its arguments and input, and answers as kubectl 1.34.4 did in test/real/cluster/secrets.cluster.ts:
 * - `get secrets -o go-template=…` prints what the template prints of the objects that were applied; the only owner is honeydue
 * - `apply --server-side -f -` prints `secret/NAME serverside-applied` and keeps the objects
 * - `config current-context` prints a name
 */
const program = `#!/usr/bin/env node
const fs = require('node:fs');
const [directory, args] = [__dirname, process.argv.slice(2).filter((each) => !each.startsWith('--context='))];
const input = args.includes('-') ? fs.readFileSync(0, 'utf8') : '';
fs.appendFileSync(directory + '/calls', JSON.stringify({ args: process.argv.slice(2), input }) + '\\n');
const state = directory + '/state';
const kept = fs.existsSync(state) ? JSON.parse(fs.readFileSync(state, 'utf8')) : {};
const failure = directory + '/failure';
if (args[0] === 'config') console.log('stand-in');
else if (args[0] === 'get') {
  for (const { type, metadata, data } of Object.values(kept)) {
    const keys = Object.keys(data);
    const { annotations = {} } = metadata;
    const owner = 'honeydue=2026-05-15T08:00:00Z=' + keys.map((key) => 'f:' + key + ',').join('') + ';';
    console.log([metadata.name, type, annotations['honeydue/content-hash'] ?? '', annotations['honeydue/secret-revision'] ?? '', keys.map((key) => key + ' ').join(''), owner].join('\\t'));
  }
} else if (fs.existsSync(failure)) {
  console.error(fs.readFileSync(failure, 'utf8').replace('INPUT', input));
  process.exitCode = 1;
} else {
  for (const object of JSON.parse(input).items) {
    kept[object.metadata.name] = object;
    console.log('secret/' + object.metadata.name + ' serverside-applied');
  }
  fs.writeFileSync(state, JSON.stringify(kept));
}
`;

export interface StandInKubectl {
  readonly calls: () => readonly KubectlCall[];
  /** Makes the next applies fail; INPUT stands for what kubectl read. */
  readonly fail: (message: string) => void;
}

/** Runs `use` with the stand-in as the kubectl of PATH. */
export async function withKubectl(
  { directory }: SecretsCase,
  use: (kubectl: StandInKubectl) => Promise<void>,
): Promise<void> {
  const { PATH, EDITOR } = process.env;
  writeFileSync(join(directory, 'kubectl'), program);
  chmodSync(join(directory, 'kubectl'), 0o755);
  process.env['PATH'] = `${directory}:${PATH}`;
  const calls = join(directory, 'calls');
  try {
    await use({
      calls: () =>
        existsSync(calls)
          ? readFileSync(calls, 'utf8')
              .trimEnd()
              .split('\n')
              .map((line) => JSON.parse(line) as KubectlCall)
          : [],
      fail: (message) => writeFileSync(join(directory, 'failure'), message),
    });
  } finally {
    process.env['PATH'] = PATH;
    if (EDITOR === undefined) delete process.env['EDITOR'];
    else process.env['EDITOR'] = EDITOR;
  }
}
