import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  describedSchema,
  describe as describeKeys,
  exampleFile,
} from '../../imports/configuration/described';
import { configurationDocument } from '../../imports/configuration/document';
import { editorSchemaFile } from '../../imports/configuration/editor-schema';
import {
  alternativesOf,
  configurationSchema,
  keysOf,
  pathOf,
  type SchemaNode,
} from '../../imports/configuration/keys';
import { withoutReferences } from '../../imports/configuration/shared-definitions';
import { synthesize } from '../../lib/cli/synthesize';
import { root } from '../support/configuration';

const { keys } = describedSchema(root);
const kept = readFileSync(join(root, 'config/schema.json'), 'utf8');

function paths(where: (key: (typeof keys)[number]) => boolean): string[] {
  return keys.filter(where).map(({ steps }) => pathOf(steps));
}

/** Whether a value, an element of it or one of its alternatives is a number. */
function isCounted(node: SchemaNode): boolean {
  const below = [...alternativesOf(node), ...(node.items === undefined ? [] : [node.items])];
  const { additionalProperties: named } = node;
  return node.type === 'integer' || [...below, ...(typeof named === 'object' ? [named] : [])].some(isCounted);
}

describe('config/schema.json', () => {
  const read = withoutReferences(JSON.parse(kept) as SchemaNode);
  const all = keysOf(read);

  test('has every key of the configuration', () => {
    expect(all.map(({ steps }) => pathOf(steps))).toEqual(paths(() => true));
    expect(all.length).toBeGreaterThan(340);
  });

  test('has no key without a description or an example', () => {
    const bare = all.filter(({ node }) => !node.description || node.examples?.[0] === undefined);
    expect(bare.map(({ steps }) => pathOf(steps))).toEqual([]);
  });

  test('is what the generator makes', () => {
    const [made] = editorSchemaFile(root);
    expect(made?.text).toBe(kept);
  });

  test('has each large part once, and is less than half as long as without references', () => {
    const definitions = Object.values((JSON.parse(kept) as SchemaNode).$defs ?? {}).map((each) =>
      JSON.stringify(each),
    );
    expect(new Set(definitions).size).toBe(definitions.length);
    expect(kept.length).toBeLessThan(JSON.stringify(read, null, 2).length / 2);
  });
});

describe('the descriptions', () => {
  test('state the default of every optional key, and of no other', () => {
    expect(paths(({ isRequired, default: effect }) => isRequired === (effect !== undefined))).toEqual([]);
  });

  test('state the unit of every number', () => {
    expect(paths(({ node, unit }) => isCounted(node) && unit === undefined)).toEqual([]);
  });

  test('are sentences', () => {
    expect(paths((key) => ![key.is, key.default ?? '.'].every((text) => /[.)]$/.test(text)))).toEqual([]);
  });

  test.each([
    ['a key without one', {}, { k3s: 'v1' }, 'k3s: add it'],
    [
      'one without a key',
      { k3s: 'The release.', k4s: 'No.' },
      { k3s: 'v1' },
      'k4s: the schema has no key with this path',
    ],
    ['one without an example', { k3s: 'The release.' }, {}, `k3s: ${exampleFile} sets no value`],
  ])('refuse %s', (_, entries, example, message) => {
    const [key] = keysOf({ properties: { k3s: { type: 'string' } } });
    expect(() => describeKeys(key === undefined ? [] : [key], entries, example)).toThrow(message);
  });

  test('of a kind of workload win over those of all kinds', () => {
    const kinds = keys.filter(({ steps }) => pathOf(steps) === 'workloads.*(Redis).kind');
    expect(kinds.map(({ entry, example }) => [entry, example])).toEqual([
      ['workloads.*(Redis).kind', 'Redis'],
    ]);
  });
});

describe('the example', () => {
  test('synthesizes', () => {
    const { files } = synthesize(join(root, exampleFile));
    expect(files.length).toBeGreaterThan(10);
  });

  test('is in docs/configuration.md as a whole', () => {
    const [document] = configurationDocument(root);
    const shown = [...(document?.text ?? '').matchAll(/^```yaml\n([\s\S]*?)\n```$/gm)].map(
      ([, text]) => text,
    );
    const stated = readFileSync(join(root, exampleFile), 'utf8').split('\n');
    const missing = stated.filter((line) => !/^(#|$)/.test(line) && !shown.join('\n').includes(line));
    expect(missing).toEqual([]);
  });

  test('has each top-level key of the schema', () => {
    const { properties = {} } = configurationSchema();
    const text = readFileSync(join(root, exampleFile), 'utf8');
    expect(Object.keys(properties).filter((key) => !new RegExp(`^${key}:`, 'm').test(text))).toEqual([]);
  });
});
