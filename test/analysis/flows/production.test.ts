import { changes, differences } from './mutations';
import { declared, policies } from './production';

test('production’s policies allow what is declared, but nothing else', () => {
  expect(differences(policies)).toEqual([]);
});

describe('what is the same is no difference', () => {
  test('without a protocol that is the default', () => {
    for (const [, changed] of changes((_, value) => (value === 'TCP' ? [undefined] : []))) {
      expect(differences(changed)).toEqual([]);
    }
  });

  test('without Egress in default-deny: allow-dns isolates every pod’s egress too', () => {
    for (const [, changed] of changes((path, value) =>
      value === 'Egress' && path.at(-1) === 1 ? [undefined] : [],
    )) {
      expect(differences(changed)).toEqual([]);
    }
  });
});

describe('less than that is a difference: without', () => {
  test.each(policies.map((policy) => [policy.metadata.name, policy] as const))('policy %s', (_, policy) => {
    expect(differences(policies.filter((each) => each !== policy))).not.toEqual([]);
  });

  test.each(declared.map((flow, index) => [`${flow.name} (${index})`, flow] as const))(
    'flow %s',
    (_, flow) => {
      expect(
        differences(
          policies,
          declared.filter((each) => each !== flow),
        ),
      ).not.toEqual([]);
    },
  );
});

describe('more than that is a difference: with', () => {
  const rules = changes((path, value) =>
    /^(ingress|egress)$/.test(String(path.at(-1))) && Array.isArray(value) ? [[...value, {}]] : [],
  );

  test.each(rules)('%s', (_, changed) => {
    expect(differences(changed)).not.toEqual([]);
  });
});
