import { existsSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileChanges } from '../../lib/output/changes';
import { Workplace } from './directory';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

function refuse(name: string): never {
  throw new Error(`${name} changes a directory in which all is well`);
}

describe('what is written', () => {
  test('is the files, in directories that are made for them', () => {
    place.write({ 'a.yaml': 'a', 'terraform/nodes/main.tf.json': '{}' });
    expect(place.contents()).toEqual({ 'a.yaml': 'a', 'terraform/nodes/main.tf.json': '{}' });
  });

  test('replaces what an earlier run wrote', () => {
    place.write({ 'a.yaml': 'old' });
    place.write({ 'a.yaml': 'new' });
    expect(place.read('a.yaml')).toBe('new');
  });

  test('replaces an unlisted file of the same name', () => {
    place.put('a.yaml', 'older');
    place.write({ 'a.yaml': 'new' });
    expect(place.read('a.yaml')).toBe('new');
  });

  test('adopts an unlisted file of the same content', () => {
    place.put('a.yaml', 'a');
    place.write({ 'a.yaml': 'a' });
    place.write({});
    expect(place.contents()).toEqual({});
  });

  test('keeps the time of a file that has the right content', () => {
    place.write({ 'a.yaml': 'a' });
    utimesSync(join(place.dist, 'a.yaml'), 1000, 1000);
    place.write({ 'a.yaml': 'a' });
    expect(statSync(join(place.dist, 'a.yaml')).mtimeMs).toBe(1_000_000);
  });

  test('is nothing at all when everything is there', () => {
    place.write({ 'a.yaml': 'a', 'b/c.yaml': 'c' });
    const never = new Proxy(fileChanges, {
      get: (changes, name) => (name === 'processId' ? changes.processId : refuse(String(name))),
    });
    expect(place.write({ 'a.yaml': 'a', 'b/c.yaml': 'c' }, 'kubernetes', never).unchanged).toEqual([
      'a.yaml',
      'b/c.yaml',
    ]);
  });

  test('replaces a link and not what it points to', () => {
    mkdirSync(place.dist);
    symlinkSync('../outside.txt', join(place.dist, 'a.yaml'));
    place.write({ 'a.yaml': 'a' });
    expect(place.read('../outside.txt')).toBe('outside');
  });

  test('is a file of its own where a link to the same content was', () => {
    const target = '../outside.txt';
    const text = 'x'.repeat(target.length);
    place.put(target, text);
    mkdirSync(place.dist);
    symlinkSync(target, join(place.dist, 'a.yaml'));
    place.write({ 'a.yaml': text });
    expect(lstatSync(join(place.dist, 'a.yaml')).isFile()).toBe(true);
  });

  test('is reported as written, unchanged or removed', () => {
    place.write({ 'a.yaml': 'a', 'b.yaml': 'b', 'c.yaml': 'c' });
    expect(place.write({ 'a.yaml': 'a', 'b.yaml': 'B', 'd.yaml': 'd' })).toEqual({
      written: ['b.yaml', 'd.yaml'],
      unchanged: ['a.yaml'],
      removed: ['c.yaml'],
    });
  });
});

describe('what is removed', () => {
  test('is what an earlier run wrote and this one has not', () => {
    place.write({ 'a.yaml': 'a', 'b.yaml': 'b' });
    place.write({ 'b.yaml': 'b' });
    expect(place.contents()).toEqual({ 'b.yaml': 'b' });
  });

  test("is never another owner's file", () => {
    place.put('note.yaml', 'mine');
    place.write({ 'a.yaml': 'a' });
    place.write({});
    expect(place.contents()).toEqual({ 'note.yaml': 'mine' });
  });

  test('is never a file of the other side', () => {
    place.write({ 'terraform/main.tf.json': '{}' }, 'terraform');
    place.write({ 'a.yaml': 'a' });
    place.write({});
    expect(place.contents()).toEqual({ 'terraform/main.tf.json': '{}' });
  });

  test('is not reported when it was removed before', () => {
    place.put('.honeydue-kubernetes', 'gone.yaml\n');
    expect(place.write({}).removed).toEqual([]);
  });

  test('takes directories with it that held nothing else', () => {
    place.write({ 'x/y/a.yaml': 'a', 'x/z/b.yaml': 'b', 'x/c.yaml': 'c' });
    place.write({});
    expect(readdirSync(place.dist)).toEqual(['.honeydue-kubernetes']);
  });

  test('leaves a directory in which something else lies', () => {
    place.write({ 'nodes/main.tf.json': '{}' }, 'terraform');
    place.put('nodes/.terraform/providers', 'p');
    place.write({}, 'terraform');
    expect(place.contents()).toEqual({ 'nodes/.terraform/providers': 'p' });
  });

  test('leaves an empty directory that was never a file’s of ours', () => {
    mkdirSync(join(place.dist, 'empty'), { recursive: true });
    place.write({});
    expect(existsSync(join(place.dist, 'empty'))).toBe(true);
  });
});

describe('the list', () => {
  test('says what it is and names the files by code unit', () => {
    place.write({ 'b.yaml': 'b', 'a.yaml': 'a', 'B.yaml': 'B' });
    expect(place.read('.honeydue-kubernetes')).toBe(
      '# The synth (kubernetes) wrote these files: it replaces and removes them, and no others.\n' +
        'B.yaml\na.yaml\nb.yaml\n',
    );
  });

  test('has a name that kubectl does not read', () => {
    place.write({ 'a.yaml': 'a' });
    expect(place.paths().filter((path) => /\.(?:ya?ml|json)$/.test(path))).toEqual(['a.yaml']);
  });
});

describe('leftovers', () => {
  /** No system gives this number to a process. */
  const dead = 4_999_999;

  test('of a killed run are removed, also those of its list', () => {
    place.put('.honeydue-kubernetes', 'x/a.yaml\n');
    place.put(`x/.a.yaml.${dead}.tmp`, 'half');
    place.put(`..honeydue-kubernetes.${dead}.tmp`, 'half');
    place.write({});
    expect(place.paths()).toEqual(['.honeydue-kubernetes']);
  });

  test('of an earlier process that had the number of this one are removed', () => {
    place.put(`.a.yaml.${process.pid}.tmp`, 'half');
    place.write({ 'a.yaml': 'a' });
    expect(place.contents()).toEqual({ 'a.yaml': 'a' });
  });

  test('of a run that still goes on stay', () => {
    place.put(`.a.yaml.${process.ppid}.tmp`, 'half');
    place.write({ 'a.yaml': 'a' });
    expect(place.contents()).toEqual({ [`.a.yaml.${process.ppid}.tmp`]: 'half', 'a.yaml': 'a' });
  });

  test.each([`.note.${dead}.tmp`, `.a.yaml.tmp`, `a.yaml.${dead}.tmp`, '.a.yaml.0.tmp'])(
    'are not %s, which belongs to nobody here',
    (name) => {
      place.put(name, 'mine');
      place.write({ 'a.yaml': 'a' });
      expect(place.read(name)).toBe('mine');
    },
  );
});
