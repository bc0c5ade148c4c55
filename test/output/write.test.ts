import { existsSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { type FileChanges, fileChanges } from '../../lib/output/changes';
import { OutputError } from '../../lib/output/error';
import type { OutputSide } from '../../lib/output/owned';
import { type WriteResult, writeOutput } from '../../lib/output/write';
import { filesOf, Workplace } from './directory';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

function write(
  contents: Readonly<Record<string, string>>,
  side: OutputSide = 'kubernetes',
  changes: FileChanges = fileChanges,
): WriteResult {
  return writeOutput(place.dist, side, filesOf(contents), changes);
}

/** The message of the OutputError that a step throws. */
function refusal(step: () => unknown): string {
  try {
    step();
  } catch (error) {
    expect(error).toBeInstanceOf(OutputError);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

function failing(change: keyof FileChanges, code: string): FileChanges {
  return {
    ...fileChanges,
    [change]: () => {
      throw Object.assign(new Error(code), { code });
    },
  };
}

describe('what is written', () => {
  test('is the files, in directories that are made for them', () => {
    write({ 'a.yaml': 'a', 'terraform/nodes/main.tf.json': '{}' });
    expect(place.contents()).toEqual({ 'a.yaml': 'a', 'terraform/nodes/main.tf.json': '{}' });
  });

  test('replaces what an earlier run wrote', () => {
    write({ 'a.yaml': 'old' });
    write({ 'a.yaml': 'new' });
    expect(place.read('a.yaml')).toBe('new');
  });

  test('replaces an unlisted file of the same name', () => {
    place.put('a.yaml', 'older');
    write({ 'a.yaml': 'new' });
    expect(place.read('a.yaml')).toBe('new');
  });

  test('adopts an unlisted file of the same content', () => {
    place.put('a.yaml', 'a');
    write({ 'a.yaml': 'a' });
    write({});
    expect(place.contents()).toEqual({});
  });

  test('keeps the time of a file that has the right content', () => {
    write({ 'a.yaml': 'a' });
    utimesSync(join(place.dist, 'a.yaml'), 1000, 1000);
    write({ 'a.yaml': 'a' });
    expect(statSync(join(place.dist, 'a.yaml')).mtimeMs).toBe(1_000_000);
  });

  test('is nothing at all when everything is there', () => {
    write({ 'a.yaml': 'a', 'b/c.yaml': 'c' });
    const never = new Proxy(fileChanges, {
      get: (changes, name) => (name === 'processId' ? changes.processId : fail(String(name))),
    });
    expect(write({ 'a.yaml': 'a', 'b/c.yaml': 'c' }, 'kubernetes', never).unchanged).toEqual([
      'a.yaml',
      'b/c.yaml',
    ]);
  });

  test('replaces a link and not what it points to', () => {
    mkdirSync(place.dist);
    symlinkSync('../outside.txt', join(place.dist, 'a.yaml'));
    write({ 'a.yaml': 'a' });
    expect(place.read('../outside.txt')).toBe('outside');
  });

  test('is a file of its own where a link to the same content was', () => {
    const target = '../outside.txt';
    const text = 'x'.repeat(target.length);
    place.put(target, text);
    mkdirSync(place.dist);
    symlinkSync(target, join(place.dist, 'a.yaml'));
    write({ 'a.yaml': text });
    expect(lstatSync(join(place.dist, 'a.yaml')).isFile()).toBe(true);
  });

  test('is reported as written, unchanged or removed', () => {
    write({ 'a.yaml': 'a', 'b.yaml': 'b', 'c.yaml': 'c' });
    expect(write({ 'a.yaml': 'a', 'b.yaml': 'B', 'd.yaml': 'd' })).toEqual({
      written: ['b.yaml', 'd.yaml'],
      unchanged: ['a.yaml'],
      removed: ['c.yaml'],
    });
  });
});

describe('what is removed', () => {
  test('is what an earlier run wrote and this one has not', () => {
    write({ 'a.yaml': 'a', 'b.yaml': 'b' });
    write({ 'b.yaml': 'b' });
    expect(place.contents()).toEqual({ 'b.yaml': 'b' });
  });

  test('is never a file of somebody else', () => {
    place.put('note.yaml', 'mine');
    write({ 'a.yaml': 'a' });
    write({});
    expect(place.contents()).toEqual({ 'note.yaml': 'mine' });
  });

  test('is never a file of the other side', () => {
    write({ 'terraform/main.tf.json': '{}' }, 'terraform');
    write({ 'a.yaml': 'a' });
    write({});
    expect(place.contents()).toEqual({ 'terraform/main.tf.json': '{}' });
  });

  test('is not reported when somebody has removed it before', () => {
    place.put('.honeydue-kubernetes', 'gone.yaml\n');
    expect(write({}).removed).toEqual([]);
  });

  test('takes directories with it that held nothing else', () => {
    write({ 'x/y/a.yaml': 'a', 'x/z/b.yaml': 'b', 'x/c.yaml': 'c' });
    write({});
    expect(readdirSync(place.dist)).toEqual(['.honeydue-kubernetes']);
  });

  test('leaves a directory in which something else lies', () => {
    write({ 'nodes/main.tf.json': '{}' }, 'terraform');
    place.put('nodes/.terraform/providers', 'p');
    write({}, 'terraform');
    expect(place.contents()).toEqual({ 'nodes/.terraform/providers': 'p' });
  });

  test('leaves an empty directory that was never a file’s of ours', () => {
    mkdirSync(join(place.dist, 'empty'), { recursive: true });
    write({});
    expect(existsSync(join(place.dist, 'empty'))).toBe(true);
  });
});

describe('the list', () => {
  test('says what it is and names the files by code unit', () => {
    write({ 'b.yaml': 'b', 'a.yaml': 'a', 'B.yaml': 'B' });
    expect(place.read('.honeydue-kubernetes')).toBe(
      '# The synth (kubernetes) wrote these files: it replaces and removes them, and no others.\n' +
        'B.yaml\na.yaml\nb.yaml\n',
    );
  });

  test('has a name that kubectl does not read', () => {
    write({ 'a.yaml': 'a' });
    expect(place.paths().filter((path) => /\.(?:ya?ml|json)$/.test(path))).toEqual(['a.yaml']);
  });

  test.each([
    '../outside.txt',
    'a/../../outside.txt',
    '/etc/hostname',
    './a.yaml',
    '.git/config',
    'terraform/nodes/.terraform.lock.hcl',
    '.honeydue-terraform',
    'a//b',
    'a/',
    'C:/a',
    '..\\outside.txt',
    'a\u0000b',
    'a.yaml\r',
  ])('is refused before any change when it names %j', (path) => {
    place.put('.honeydue-kubernetes', `old.yaml\n${path}\n`);
    place.put('old.yaml', 'old');
    const message = refusal(() => write({ 'a.yaml': 'a' }));
    expect([message.includes(JSON.stringify(path)), place.contents()]).toEqual([true, { 'old.yaml': 'old' }]);
  });

  test('leads to nothing behind a link', () => {
    mkdirSync(place.dist);
    symlinkSync('..', join(place.dist, 'up'));
    place.put('.honeydue-kubernetes', 'up/outside.txt\n');
    expect(refusal(() => write({}))).toMatch(/dist\/up is a symbolic link, .* Nothing was changed\.$/);
    expect(place.read('../outside.txt')).toBe('outside');
  });

  test('leaves a directory alone that has come in the place of a file', () => {
    place.put('.honeydue-kubernetes', 'a\n');
    place.put('a/note', 'mine');
    expect(refusal(() => write({}))).toMatch(/dist\/a is a directory, but the output has, or had, a file/);
    expect(place.contents()).toEqual({ 'a/note': 'mine' });
  });
});

describe('leftovers', () => {
  /** No system gives this number to a process. */
  const dead = 4_999_999;

  test('of a killed run are removed, also those of its list', () => {
    place.put('.honeydue-kubernetes', 'x/a.yaml\n');
    place.put(`x/.a.yaml.${dead}.tmp`, 'half');
    place.put(`..honeydue-kubernetes.${dead}.tmp`, 'half');
    write({});
    expect(place.paths()).toEqual(['.honeydue-kubernetes']);
  });

  test('of an earlier process that had the number of this one are removed', () => {
    place.put(`.a.yaml.${process.pid}.tmp`, 'half');
    write({ 'a.yaml': 'a' });
    expect(place.contents()).toEqual({ 'a.yaml': 'a' });
  });

  test('of a run that still goes on stay', () => {
    place.put(`.a.yaml.${process.ppid}.tmp`, 'half');
    write({ 'a.yaml': 'a' });
    expect(place.contents()).toEqual({ [`.a.yaml.${process.ppid}.tmp`]: 'half', 'a.yaml': 'a' });
  });

  test.each([`.note.${dead}.tmp`, `.a.yaml.tmp`, `a.yaml.${dead}.tmp`, '.a.yaml.0.tmp'])(
    'are not %s, which belongs to nobody here',
    (name) => {
      place.put(name, 'mine');
      write({ 'a.yaml': 'a' });
      expect(place.read(name)).toBe('mine');
    },
  );
});

describe('it is refused, with a way out,', () => {
  test.each([
    ['EACCES', /dist\/a\.yaml can't be written: permission denied \(EACCES\)\. Make it writable/],
    ['ENOSPC', /no space is left on the device \(ENOSPC\)\. Free some space/],
    ['EROFS', /the file system is read-only \(EROFS\)\. .* choose another output directory/],
    ['EWEIRD', /the system refused \(EWEIRD\)\. Run the synth again/],
  ])('when a file cannot be written: %s', (code, message) => {
    write({ 'a.yaml': 'a' });
    expect(refusal(() => write({ 'a.yaml': 'b' }, 'kubernetes', failing('rename', code)))).toMatch(message);
  });

  test('and leaves no temporary file', () => {
    write({ 'a.yaml': 'a' });
    refusal(() => write({ 'a.yaml': 'b' }, 'kubernetes', failing('rename', 'ENOSPC')));
    expect(place.paths()).toEqual(['.honeydue-kubernetes', 'a.yaml']);
  });

  test('when a stale file cannot be removed', () => {
    write({ 'a.yaml': 'a' });
    expect(refusal(() => write({}, 'kubernetes', failing('removeFile', 'EPERM')))).toMatch(
      /dist\/a\.yaml can't be removed: the operation is not permitted \(EPERM\)\. /,
    );
  });

  test('when the output directory is a file', () => {
    place.put('../dist', 'a file');
    expect(refusal(() => write({ 'a.yaml': 'a' }))).toMatch(
      /dist is a file, but the output needs a directory/,
    );
  });

  test('when the output directory is below a file', () => {
    expect(refusal(() => writeOutput(join(place.root, 'outside.txt', 'dist'), 'kubernetes', []))).toMatch(
      /outside\.txt\/dist can't be read: a part of its path is a file \(ENOTDIR\)\. Move that file away/,
    );
  });

  test('when a file is where a directory is needed', () => {
    place.put('terraform', 'a file');
    expect(refusal(() => write({ 'terraform/main.tf.json': '{}' }))).toMatch(
      /dist\/terraform is a file, but the output's terraform\/main\.tf\.json is, or was, in a directory/,
    );
  });

  test('when a directory is where a file is needed', () => {
    place.put('a.yaml/note', 'mine');
    expect(refusal(() => write({ 'a.yaml': 'a' }))).toMatch(/dist\/a\.yaml is a directory/);
  });

  test('when the other side has a file of that name', () => {
    write({ 'a.json': '{}' }, 'terraform');
    expect(refusal(() => write({ 'a.json': '[]' }))).toMatch(/dist\/a\.json is the terraform output's/);
  });

  test.each(['../a.yaml', '/a.yaml', '.hidden/a.yaml', '', '#a.yaml', 'a\nb'])(
    'when a file is called %j',
    (path) => {
      expect(refusal(() => write({ [path]: 'a' }))).toContain(
        `${JSON.stringify(path)} can't be a file of the output`,
      );
    },
  );

  test('when two files have one name', () => {
    const file = { path: 'a.yaml', text: 'a' };
    expect(refusal(() => writeOutput(place.dist, 'kubernetes', [file, file]))).toContain('a.yaml twice');
  });

  test('when a file would have to be a directory, too', () => {
    expect(refusal(() => write({ a: 'a', 'a/b/c': 'c' }))).toContain('the file a and a/b/c below it');
  });
});
