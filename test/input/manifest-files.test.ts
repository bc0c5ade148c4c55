import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { manifestFiles } from '../../lib/input/manifest-files';
import { root, withDirectory } from '../support/configuration';

/** The manifests that a directory with some files stands for. */
function found(...paths: string[]): string[] {
  return withDirectory((directory) => {
    for (const path of paths) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), '');
    }
    return manifestFiles([directory]).map((path) => relative(directory, path));
  });
}

describe('the manifests of a directory', () => {
  test('are those in it and below it, hidden directories and packages left out', () => {
    expect(found('a.yaml', 'b/c.yml', 'b/d.json', 'b/e.txt', '.git/f.yaml', 'node_modules/g/h.json')).toEqual(
      ['a.yaml', 'b/c.yml', 'b/d.json'],
    );
  });

  test('are those in it alone where a synth wrote it', () => {
    const others = ['prometheus/rules.yaml', 'terraform/manifest.json', 'nodes/x.json'];
    expect(found('a.yaml', '.honeydue-kubernetes', ...others)).toEqual(['a.yaml']);
    expect(found('a.yaml', 'terraform/stacks/shop/cdk.tf.json', ...others)).toEqual(['a.yaml']);
  });

  test('are what kubectl applies of the reviewed output', () => {
    const files = manifestFiles([join(root, '__snapshots__')]);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter((path) => !path.endsWith('.k8s.yaml'))).toEqual([]);
  });
});
