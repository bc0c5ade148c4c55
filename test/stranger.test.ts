import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support/configuration';

/** What a user of the package reads in its declarations and messages: nothing of one deployment. */
const general = ['documents', 'kubernetes', 'terraform', 'analysis', 'constructs'];

const ofOneDeployment = /\bchapter \d|\bthe (deployment )?book\b|honeydue|treytartt|asynq/gi;

/** The name of the command, and names that live objects and directories have. */
const allowed = /npx honeydue|acknowledge\.honeydue\/|\.honeydue-kubernetes/g;

const files = general.flatMap((layer) =>
  readdirSync(join(root, 'lib', layer), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join('lib', layer, file)),
);

test('the general layers name nothing of one deployment', () => {
  const found = files.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8').replaceAll(allowed, '');
    return [...text.matchAll(ofOneDeployment)].map(([match]) => `${file}: ${match}`);
  });
  expect(files.length).toBeGreaterThan(400);
  expect(found).toEqual([]);
});
