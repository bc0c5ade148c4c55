import { spawnSync } from 'node:child_process';
import { production } from '../support/production';
import { nodeProps, scriptOf } from './machine';

describe('the text of the scripts', () => {
  const scripts = production.files.filter(({ path }) => path.endsWith('.sh'));

  test('is one for each node', () => {
    expect(production.files.map(({ path }) => path).filter((path) => path.endsWith('.sh'))).toEqual([
      'nodes/hetzner1.sh',
      'nodes/hetzner2.sh',
      'nodes/hetzner3.sh',
    ]);
  });

  test.each(scripts.map(({ path }) => path))('%s is a script that bash parses', (path) => {
    const input = scripts.find((script) => script.path === path)?.text ?? '';
    expect(spawnSync('bash', ['-n'], { input, encoding: 'utf8' }).stderr).toBe('');
  });

  test('has nothing that doubling would not carry through Terraform', () => {
    for (const { text } of scripts) expect(text).not.toMatch(/\$\$\{|%%\{/);
  });

  test('refuses a file that would end its here-document', () => {
    const authorizedKeys = [...(nodeProps.access.authorizedKeys ?? []), 'END'];
    expect(() => scriptOf({ access: { authorizedKeys } })).toThrow('a line of the file is END');
  });
});
