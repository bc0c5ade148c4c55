import { escapeExpansion, expandedNames } from '../../lib/kubernetes/expansion';

/** The kubelet's expansion, as its documentation describes it. */
function expand(value: string, variables: Readonly<Record<string, string>>): string {
  return value.replaceAll(/\$\$|\$\(([^)]*)\)/g, (whole, name?: string) =>
    name === undefined ? '$' : (variables[name] ?? whole),
  );
}

describe('the expansion of variables', () => {
  test.each([
    ['redis://:$(PASSWORD)@$(HOST):6379', ['PASSWORD', 'HOST']],
    ['$$(PASSWORD)', []],
    ['$$$(PASSWORD)', ['PASSWORD']],
    ['$PASSWORD ${PASSWORD} $(PASSWORD', []],
  ])('%s refers to %j', (value, names) => {
    expect(expandedNames(value)).toEqual(names);
  });

  test.each(['$(A)', '$$(A)', '$$$(A)', '$5', '$$', '$$$', '$', 'a$b', '$($(A))'])(
    '%s stays what it is when it is escaped',
    (text) => {
      expect(expand(escapeExpansion(text), { A: 'expanded' })).toBe(text);
    },
  );
});
