import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './support/configuration';

const { forbidden } = require('../.dependency-cruiser.cjs') as { forbidden: readonly { name: string }[] };
const ruleNames = forbidden.map(({ name }) => name);
const rows = [
  ...readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').matchAll(/^\| (`lib\/.*`) \| (.*) \|$/gm),
];

/** The code spans of a cell that match. */
function spans(cell = '', pattern: RegExp): string[] {
  return [...cell.matchAll(pattern)].map(([, name = '']) => name);
}

/** The folders that a layer's row lists, in its order. */
function foldersOf(layer: string): string[] {
  const row = rows.find(([, cell = '']) => cell.includes(`\`lib/${layer}\``));
  return spans(row?.[2], /`(\w+)\/`/g);
}

describe("ARCHITECTURE.md's layers", () => {
  const layers = rows.flatMap(([, cell]) => spans(cell, /`lib\/(\w+)`/g));

  test('are the folders of lib/', () => {
    const folders = readdirSync(join(root, 'lib'), { withFileTypes: true }).filter((each) =>
      each.isDirectory(),
    );
    expect(layers.toSorted()).toEqual(folders.map(({ name }) => name).sort());
  });

  test("have the order of dependency-cruiser's rules", () => {
    const own = /^(\w+)-imports-downwards$/;
    expect(ruleNames.flatMap((name) => own.exec(name)?.[1] ?? [])).toEqual(layers);
  });

  test('name the engines in the order in which they may ask each other', () => {
    expect(ruleNames.flatMap((name) => /^analysis-(\w+)-asks-the-models$/.exec(name)?.[1] ?? [])).toEqual(
      foldersOf('analysis'),
    );
  });

  test('name the steps of the deployment in their order', () => {
    const steps = ruleNames.flatMap((name) => /^deployment-(\w+)-imports-downwards$/.exec(name)?.[1] ?? []);
    expect([...steps, 'checks']).toEqual(foldersOf('deployment'));
  });
});
