import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration } from '../../lib/deployment/config/load';
import { YamlSource } from '../../lib/input/source';
import { edited, withConfiguration, withDirectory } from '../support/configuration';

function message(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    return (error as Error).message.replaceAll(/\S*\/honeydue-\w+\//g, '');
  }
  throw new Error('was accepted');
}

describe('a configuration file', () => {
  test('that is missing is named, with the option that names another', () => {
    const missing = withDirectory((directory) => message(() => loadConfiguration(join(directory, 'a.yaml'))));
    expect(missing).toBe('a.yaml:1:1 there is no such file; choose another file with --config');
  });

  test('that is a directory is refused', () => {
    const refused = withDirectory((directory) => {
      mkdirSync(join(directory, 'a.yaml'));
      return message(() => loadConfiguration(join(directory, 'a.yaml')));
    });
    expect(refused).toContain('a.yaml:1:1 is a directory; name a YAML file');
  });

  test('that is a device is refused; a pipe would be waited for', () => {
    expect(message(() => loadConfiguration('/dev/null'))).toContain(
      '/dev/null:1:1 is a pipe or a device; name a YAML file',
    );
  });

  test('that is nested without end is refused in words', () => {
    const text = `namespace: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`;
    const refused = withConfiguration(text, (path) => message(() => loadConfiguration(path)));
    expect(refused).toMatch(
      /^production\.yaml:1:\d+ has too many nested brackets; remove some of the brackets$/,
    );
  });

  test('that is not UTF-8 is refused', () => {
    const latin1 = Buffer.from('namespace: caf\u00e9\n', 'latin1');
    const refused = withConfiguration(latin1, (path) => message(() => loadConfiguration(path)));
    expect(refused).toBe('production.yaml:1:1 is not UTF-8 text; save the file as UTF-8');
  });

  test.each(['', '# nothing\n', '---\n'])('that says nothing (%j) is refused', (text) => {
    const refused = withConfiguration(text, (path) => message(() => loadConfiguration(path)));
    expect(refused).toMatch(/^production\.yaml:\d:\d is empty; it must /);
  });

  test.each(['- a', 'honeydue', '3'])('that is no map (%j) is refused', (text) => {
    const refused = withConfiguration(text, (path) => message(() => loadConfiguration(path)));
    expect(refused).toMatch(/^production\.yaml:1:1 is .*; it must be a map with namespace, /);
  });

  test('without its lock file is refused, and the rest is checked all the same', () => {
    const refused = withDirectory((directory) => {
      writeFileSync(join(directory, 'production.yaml'), 'namespace: Honey Due\n');
      return message(() => loadConfiguration(join(directory, 'production.yaml')));
    });
    expect(refused).toContain(
      'images.lock.yaml:1:1 there is no such file; create it next to the deployment, with an entry for each of its images',
    );
    expect(refused).toContain('production.yaml:1:12 namespace: is "Honey Due"; it must be a DNS label');
  });

  test('with an empty lock file gets a message that says what the file is for', () => {
    const refused = withConfiguration(edited([]), (path) => message(() => loadConfiguration(path)), '');
    expect(refused).toBe(
      'images.lock.yaml:1:1 is empty; it must contain an entry for each image of the deployment',
    );
  });

  test('without a workload is refused', () => {
    const text = edited([]).replace(/\nworkloads:\n[\s\S]*?(?=\n\S|$)/, '\nworkloads: {}');
    const refused = withConfiguration(text, (path) => message(() => loadConfiguration(path)));
    expect(refused).toMatch(/production\.yaml:\d+:\d+ workloads: is empty; add a workload/);
  });
});

describe('an alias', () => {
  /** The lines at which `size` of each key stands, and its value. */
  function sizes(text: string) {
    return withConfiguration(text, (path) => {
      const source = YamlSource.read(path, 'a.yaml', { remedy: 'write it', purpose: 'say something' });
      const data = source.data() as Record<string, { size: number }>;
      return Object.entries(data).map(([key, { size }]) => [key, size, source.placeOf([key, 'size']).line]);
    });
  }

  test('refers to the last anchor of its name before it', () => {
    expect(sizes('a: &x { size: 1 }\nb: *x\nc: &x { size: 2 }\nd: *x\n')).toEqual([
      ['a', 1, 1],
      ['b', 1, 1],
      ['c', 2, 3],
      ['d', 2, 3],
    ]);
  });

  test('of an anchor that only follows is refused', () => {
    expect(message(() => sizes('a: *x\nb: &x { size: 1 }\n'))).toBe(
      'a.yaml:1:4 *x has no anchor &x before it',
    );
  });
});
