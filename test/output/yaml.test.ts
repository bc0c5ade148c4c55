import * as fc from 'fast-check';
import { parse, parseAllDocuments, stringify } from 'yaml';
import type { Json, KubernetesObject } from '../../lib/documents/kubernetes';
import { printYaml } from '../../lib/output/yaml';
import { production } from '../support/production';

/** Words that some reader of YAML takes for something else, or that break a line, a quote or a block. */
const words = [
  ...['yes', 'no', 'on', 'off', 'y', 'N', 'True', 'FALSE', 'null', 'NULL', '~', '', '=', '<<'],
  ...[
    'e0',
    '1e3',
    '1e_3',
    '1E5',
    '012',
    '0o14',
    '0O14',
    '0x1f',
    '0XFF',
    '0b1',
    '0B1',
    '1_000',
    '+_1',
    '-0',
    '08',
  ],
  ...['1.', '.5e3', '._5', '.inf', '-.INF', '.nan', '12:30:00', '190:20:30.15', '1:2'],
  ...['2001-01-01', '2001-1-1', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -59'],
  ...[' ', '  ', '\t', '\n', '\n\n', '\r', '\r\n', '\u0085', '\u2028', '\u2029', '\u00a0', '\ufeff'],
  ...['\u0000', '\u0007', '\u001b', '\u007f', '\u009f', '\u200b', '\u202e', '\ufffe', '\uffff', '\ud800'],
  ...['#', ' #', '# ', ':', ': ', ' :', '-', '- ', '?', '? ', '---', '--- a', '...', '%', '%YAML', ','],
  ...['&a', '*a', '!', '!!str', '|', '>', '@', '`', '[', ']', '{', '}', "'", '"', '\\', '\\n', '\\u0041'],
  ...[
    'a',
    'api',
    'key: value',
    'a b',
    '#!/bin/sh',
    'set -eu',
    '\texit 1',
    '  done',
    'é',
    '漢',
    '😀',
    '\u{e0001}',
  ],
];
/** Of all there are: fast-check's own `binary` takes 0.8 s to be made. */
const character = fc.integer({ max: 0x10ffff, min: 0 }).map((code) => String.fromCodePoint(code));
const word = fc.constantFrom(...words);
const text = fc.oneof(
  word,
  fc.array(word, { maxLength: 5 }).map((parts) => parts.join('')),
  fc.array(word, { maxLength: 5 }).map((parts) => parts.join('\n')),
  fc.string({ unit: fc.constantFrom(...'0123456789+-._:eExXoObBaF '), maxLength: 7 }),
  fc.string({ unit: character, maxLength: 4 }),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const key = fc.oneof(text, fc.constantFrom('name', 'spec', 'data', 'labels', '1', '10', '2'));
const json = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    { weight: 4, arbitrary: text },
    { weight: 1, arbitrary: fc.oneof(fc.boolean(), fc.constant(null), fc.integer(), number) },
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4 }),
  ),
})).json;

function objectWith(fields: { readonly [field: string]: Json | undefined }): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Example', metadata: { name: 'x' }, ...fields };
}

/** What stands below `value:`, without its indentation; or behind it. */
function printed(value: Json): string {
  const start = '---\napiVersion: v1\nkind: Example\nmetadata:\n  name: x\nvalue:';
  return printYaml([objectWith({ value })])
    .slice(start.length)
    .replace(/^ |\n$/g, '')
    .replaceAll('\n  ', '\n');
}

function readBack(yaml: string, version: '1.1' | '1.2'): unknown[] {
  return [...parseAllDocuments(yaml, { version })].map((document) => {
    expect([...document.errors, ...document.warnings]).toEqual([]);
    return document.toJS();
  });
}

/** The same value with its keys in another order everywhere, which `seed` decides. */
function reordered<Value extends Json | undefined>(value: Value, seed: number): Json | Value {
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (Array.isArray(value)) {
    return value.map((item: Json) => reordered(item, seed));
  }
  const entries = Object.entries(value).map(([name, field], index) => ({
    place: Math.imul(seed + index, 0x9e3779b1),
    entry: [name, reordered(field, seed)] as const,
  }));
  return Object.fromEntries(entries.sort((a, b) => a.place - b.place).map(({ entry }) => entry));
}

describe('what is written reads back', () => {
  test.each(['1.1', '1.2'] as const)('the same under YAML %s, whatever the value', (version) => {
    fc.assert(
      fc.property(json, (value) => {
        expect(readBack(printYaml([objectWith({ value })]), version)).toEqual([objectWith({ value })]);
      }),
      { numRuns: 250 },
    );
  });

  test.each(['1.1', '1.2'] as const)(
    'the same under YAML %s for each nasty word in each place',
    (version) => {
      const value = words.flatMap((each) => [
        each,
        `${each}\n`,
        `\n${each}`,
        `a\n${each}\nb`,
        { [each]: each },
      ]);
      expect(readBack(printYaml([objectWith({ value })]), version)).toEqual([objectWith({ value })]);
    },
  );

  test('as many documents as there are objects', () => {
    const objects = [objectWith({ a: '---' }), objectWith({ a: '\n---\n' }), objectWith({})];
    expect(readBack(printYaml(objects, ['---', 'a\n---\n']), '1.2')).toEqual(objects);
  });

  test('nothing but printable characters, line ends and tabs', () => {
    fc.assert(
      fc.property(json, (value) => !/[^\P{C}\n\t\p{Co}\p{Cn}]/u.test(printYaml([objectWith({ value })]))),
    );
  });
});

describe('the same bytes', () => {
  test('whatever the order of the keys', () => {
    fc.assert(
      fc.property(json, fc.integer(), (value, seed) => {
        const object = objectWith({ value: reordered(value, seed) });
        expect(printYaml([object])).toBe(printYaml([objectWith({ value })]));
      }),
    );
  });

  test('also for keys that JavaScript moves to the front', () => {
    expect(printed({ data: { '10': 'a', '-': 'b', '9': 'c' } })).toBe(
      '\ndata:\n  "-": b\n  "10": a\n  "9": c',
    );
  });
});

describe('the layout', () => {
  test('puts fields in the order in which people write them, and lists stay as they are', () => {
    const container = { volumeMounts: [], image: 'web', args: ['b', 'a'], name: 'web' };
    expect(printed({ containers: [container], restartPolicy: 'Always' })).toBe(
      '\nrestartPolicy: Always\ncontainers:\n  - name: web\n    image: web\n    args:\n      - b\n      - a\n' +
        '    volumeMounts: []',
    );
  });

  test('sorts labels alone, though one of them is called like a field', () => {
    expect(printed({ labels: { name: 'x', app: 'z' } })).toBe('\nlabels:\n  app: z\n  name: x');
  });

  test('sorts what is deeper in a map of free form, too', () => {
    expect(printed({ data: { nested: { name: 'x', app: 'z' } } })).toBe(
      '\ndata:\n  nested:\n    app: z\n    name: x',
    );
  });

  test('ranks the fields of a list below a name of free form', () => {
    expect(printed({ limits: [{ max: 1, type: 'Pod' }] })).toBe('\nlimits:\n  - type: Pod\n    max: 1');
  });

  test('writes a script as a block', () => {
    expect(printed('#!/bin/sh\nif true; then\n\techo "yes"\n\nfi\n')).toBe(
      '|\n#!/bin/sh\nif true; then\n\techo "yes"\n\nfi',
    );
  });

  test('indents no empty line of a block', () => {
    expect(printYaml([objectWith({ run: 'a\n\nb\n' })])).toContain('run: |\n  a\n\n  b\n');
  });

  test('says so when a block ends without a line end, or with several', () => {
    expect([printed('a\nb'), printed('a\nb\n\n')]).toEqual(['|-\na\nb', '|+\na\nb\n']);
  });

  test('writes a list in a list on one line', () => {
    expect(printed([['a', {}], []])).toBe('\n- - a\n  - {}\n- []');
  });

  test('repeats what occurs twice and never refers to it', () => {
    const shared = { a: 'b' };
    expect(printed([shared, shared])).toBe('\n- a: b\n- a: b');
  });

  test('leaves unquoted what every parser reads as a string', () => {
    const plain = ['api', '10.0.0.0/8', '250m', '128Mi', 'ghcr.io/a/b:1.2.3', '/tmp', '30s', 'a=b'];
    expect(printed(plain)).toBe(plain.map((each) => `\n- ${each}`).join(''));
  });

  test.each(['0XFF', '0B1', '+_1', '1e_3', '=', '2001-12-14 21:59:43.10 -59'])(
    'quotes %s, which only kubectl or PyYAML misread',
    (word) => {
      expect(printed(word)).toBe(`"${word}"`);
    },
  );

  test.each([
    ['\u0085', '"\\u0085"'],
    ['a\u2028b', '"a\\u2028b"'],
    ['\u007f', '"\\u007f"'],
    ['\ufeff', '"\\ufeff"'],
    ['no\u00a0break', '"no\\u00a0break"'],
    ['\u{e0001}', '"\\U000e0001"'],
    ['a\r\nb', '"a\\r\\nb"'],
    ['a\tb', '"a\\tb"'],
  ])('writes the invisible in %j as an escape', (value, expected) => {
    expect(printed(value)).toBe(expected);
  });

  test('leaves out a field without value', () => {
    expect(printYaml([objectWith({ spec: undefined })])).toBe(printYaml([objectWith({})]));
  });

  test('gives a number with an exponent the point that YAML 1.1 asks for', () => {
    expect([printed(1e21), printed(-1e-7), printed(1.5e300)]).toEqual(['1.0e+21', '-1.0e-7', '1.5e+300']);
  });
});

describe('the header', () => {
  test('is the first line, as a comment', () => {
    expect(printYaml([objectWith({})], ['Generated.', '', 'See README.md'])).toMatch(
      /^# Generated\.\n#\n# See README\.md\n---\napiVersion: v1\n/,
    );
  });

  test.each(['\n', '\r', '\u0085', '\u2028'])('cannot be ended by %j', (end) => {
    expect(readBack(printYaml([objectWith({})], [`a${end}b: c`]), '1.1')).toEqual([objectWith({})]);
  });
});

describe('what JSON does not have', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is refused with its place', (value) => {
    expect(() => printYaml([objectWith({ spec: { ports: [{ port: value }] } })])).toThrow(
      `Example x.spec.ports[0].port is ${value}`,
    );
  });
});

describe('production', () => {
  const objects = production.documents.map(({ object }) => object);

  test('is printed to the bytes that the yaml package would print', () => {
    for (const object of objects) {
      const again = stringify(parse(printYaml([object])), { lineWidth: 0, compat: 'yaml-1.1' });
      expect(printYaml([object])).toBe(`---\n${again}`);
    }
  });

  test('may be strung together, file after file', () => {
    const manifests = production.files.filter(({ path }) => path.endsWith('.k8s.yaml'));
    const all = manifests.map(({ text }) => text).join('');
    expect(parseAllDocuments(all).map((document) => document.toJS())).toEqual(objects);
  });
});
