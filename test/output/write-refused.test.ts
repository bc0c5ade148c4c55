import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { type FileChanges, fileChanges } from '../../lib/output/changes';
import { writeOutput } from '../../lib/output/write';
import { refusal, Workplace } from './directory';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

function failing(change: keyof FileChanges, code: string): FileChanges {
  return {
    ...fileChanges,
    [change]: () => {
      throw Object.assign(new Error(code), { code });
    },
  };
}

describe('the list', () => {
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
    const message = refusal(() => place.write({ 'a.yaml': 'a' }));
    expect([message.includes(JSON.stringify(path)), place.contents()]).toEqual([true, { 'old.yaml': 'old' }]);
  });

  test('leads to nothing behind a link', () => {
    mkdirSync(place.dist);
    symlinkSync('..', join(place.dist, 'up'));
    place.put('.honeydue-kubernetes', 'up/outside.txt\n');
    expect(refusal(() => place.write({}))).toMatch(/dist\/up is a symbolic link, .* Nothing was changed\.$/);
    expect(place.read('../outside.txt')).toBe('outside');
  });

  test('leaves a directory alone that has come in the place of a file', () => {
    place.put('.honeydue-kubernetes', 'a\n');
    place.put('a/note', 'mine');
    expect(refusal(() => place.write({}))).toMatch(
      /dist\/a is a directory, but the output has, or had, a file/,
    );
    expect(place.contents()).toEqual({ 'a/note': 'mine' });
  });
});

describe('it is refused, with a way out,', () => {
  test.each([
    [
      'EACCES',
      /dist\/a\.yaml can't be written: permission denied \(EACCES\)\. Give yourself write permission/,
    ],
    ['ENOSPC', /no space is left on the device \(ENOSPC\)\. Free some space/],
    ['EROFS', /the file system is read-only \(EROFS\)\. .* choose another output directory/],
    ['EWEIRD', /the system refused \(EWEIRD\)\. Run the synth again/],
  ])('when a file cannot be written: %s', (code, message) => {
    place.write({ 'a.yaml': 'a' });
    expect(refusal(() => place.write({ 'a.yaml': 'b' }, 'kubernetes', failing('rename', code)))).toMatch(
      message,
    );
  });

  test('and leaves no temporary file', () => {
    place.write({ 'a.yaml': 'a' });
    refusal(() => place.write({ 'a.yaml': 'b' }, 'kubernetes', failing('rename', 'ENOSPC')));
    expect(place.paths()).toEqual(['.honeydue-kubernetes', 'a.yaml']);
  });

  test('when a stale file cannot be removed', () => {
    place.write({ 'a.yaml': 'a' });
    expect(refusal(() => place.write({}, 'kubernetes', failing('removeFile', 'EPERM')))).toMatch(
      /dist\/a\.yaml can't be removed: the operation is not permitted \(EPERM\)\. /,
    );
  });

  test('when the output directory is a file', () => {
    place.put('../dist', 'a file');
    expect(refusal(() => place.write({ 'a.yaml': 'a' }))).toMatch(
      /dist is a file, but the output needs a directory/,
    );
  });

  test('when the output directory is a link to nothing', () => {
    symlinkSync(join(place.root, 'nowhere'), place.dist);
    expect(refusal(() => place.write({ 'a.yaml': 'a' }))).toMatch(
      /dist is a broken symbolic link\. Create the directory that it points to, or remove the link and run/,
    );
  });

  const onLinux = existsSync('/proc/self') ? test : test.skip;
  onLinux('when no directory can be made there, rather than tried for ever', () => {
    expect(refusal(() => writeOutput('/proc/dist', 'kubernetes', [{ path: 'a.yaml', text: 'a' }]))).toMatch(
      /^\/proc\/dist\/\S+ can't be written: the operating system does not allow this name for a directory \(ENOENT\)\. Choose another output/,
    );
  });

  test('when the output directory is below a file', () => {
    expect(refusal(() => writeOutput(join(place.root, 'outside.txt', 'dist'), 'kubernetes', []))).toMatch(
      /outside\.txt\/dist can't be read: a parent of the path is a file \(ENOTDIR\)\. Move that file to another place/,
    );
  });

  test('when a file is where a directory is needed', () => {
    place.put('terraform', 'a file');
    expect(refusal(() => place.write({ 'terraform/main.tf.json': '{}' }))).toMatch(
      /dist\/terraform is a file, but the output has, or had, the file terraform\/main\.tf\.json, which needs a directory/,
    );
  });

  test('when a directory is where a file is needed', () => {
    place.put('a.yaml/note', 'mine');
    expect(refusal(() => place.write({ 'a.yaml': 'a' }))).toMatch(/dist\/a\.yaml is a directory/);
  });

  test('when the other side has a file of that name', () => {
    place.write({ 'a.json': '{}' }, 'terraform');
    expect(refusal(() => place.write({ 'a.json': '[]' }))).toMatch(
      /dist\/a\.json belongs to the terraform output/,
    );
  });

  test.each(['../a.yaml', '/a.yaml', '.hidden/a.yaml', '', '#a.yaml', 'a\nb'])(
    'when a file is called %j',
    (path) => {
      expect(refusal(() => place.write({ [path]: 'a' }))).toContain(
        `${JSON.stringify(path)} can't be the path of an output file`,
      );
    },
  );

  test('when two files have one name', () => {
    const file = { path: 'a.yaml', text: 'a' };
    expect(refusal(() => writeOutput(place.dist, 'kubernetes', [file, file]))).toContain(
      'two files with the path a.yaml',
    );
  });

  test('when a file would have to be a directory, too', () => {
    expect(refusal(() => place.write({ a: 'a', 'a/b/c': 'c' }))).toContain('the file a and also a/b/c');
  });
});
