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

  test('has nothing that doubling would not carry through Terraform', () => {
    for (const { text } of scripts) expect(text).not.toMatch(/\$\$\{|%%\{/);
  });

  test('refuses a file that would end its here-document', () => {
    const authorizedKeys = [...(nodeProps.access.authorizedKeys ?? []), 'END'];
    expect(() => scriptOf({ access: { authorizedKeys } })).toThrow('the line END');
  });
});
