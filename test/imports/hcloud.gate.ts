/**
 * The generator's parser is a program in WebAssembly that goes on in the global object when the suite has ended.
 *
 * @jest-environment node
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hcloudBindings } from '../../imports/hcloud/bindings';

const project = resolve(__dirname, '../..');
const directory = 'imports/providers/hcloud';

describe('the constructs of hcloud', () => {
  const made = hcloudBindings(project);

  test('that are kept are what the generator makes today', () => {
    const kept = made.map(({ path }) => ({ path, text: readFileSync(join(project, path), 'utf8') }));
    expect(kept).toEqual(made);
  });

  test('are kept without any that is no longer made', () => {
    const kept = readdirSync(join(project, directory)).map((name) => `${directory}/${name}/index.ts`);
    expect(kept.sort()).toEqual(made.map(({ path }) => path).sort());
  });

  test('belong to the version of the provider that the schema is of', () => {
    const provider = made.find(({ path }) => path === `${directory}/provider/index.ts`);
    expect(provider?.text).toContain("providerVersion: '1.68.0'");
  });
});
