import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Generator, regenerate } from '../../imports/regenerate';

const generators: Generator[] = [
  () => [{ path: 'a/schema.json', text: '{}\n' }],
  async () => [{ path: 'b.ts', text: 'export {};\n' }],
];

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'imports-'));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('regenerate', () => {
  test('writes what the generators make', async () => {
    await regenerate(root, generators, false);
    expect(readFileSync(join(root, 'a/schema.json'), 'utf8')).toBe('{}\n');
  });

  test('returns the paths that it wrote', async () => {
    writeFileSync(join(root, 'b.ts'), 'export {};\n');
    expect(await regenerate(root, generators, false)).toEqual(['a/schema.json']);
  });

  test('has nothing to write the second time', async () => {
    await regenerate(root, generators, false);
    expect(await regenerate(root, generators, false)).toEqual([]);
  });

  test('as a check names the files that differ and the way out', async () => {
    writeFileSync(join(root, 'b.ts'), '// edited by hand\n');
    await expect(regenerate(root, generators, true)).rejects.toThrow(
      'not what the generators make: a/schema.json, b.ts. Run npm run imports, and commit the change.',
    );
  });

  test('as a check writes nothing', async () => {
    await regenerate(root, generators, true).catch(() => {});
    expect(readdirSync(root)).toEqual([]);
  });

  test('as a check accepts what it wrote', async () => {
    await regenerate(root, generators, false);
    expect(await regenerate(root, generators, true)).toEqual([]);
  });
});
