import { changes, differences, type Path } from './mutations';

describe('less than production’s policies is a difference: without', () => {
  const elements = changes((path) => {
    const isElement = /^(ingress|egress|from|to|ports)$/.test(String(path.at(-2)));
    return isElement && typeof path.at(-1) === 'number' ? [undefined] : [];
  });

  test.each(elements)('%s', (_, changed) => {
    expect(differences(changed)).not.toEqual([]);
  });
});

describe('more than production’s policies is a difference: with', () => {
  const last = (path: Path): string => String(path.at(-1));

  const without = changes((path, value) =>
    /^(from|to|ports|port|namespaceSelector|except)$/.test(last(path)) || value === 'UDP' ? [undefined] : [],
  );
  const excepts = changes((path) => (path.at(-2) === 'except' ? [undefined] : []));
  const cidrs = changes((path, value) =>
    last(path) === 'cidr' && typeof value === 'string' && value.endsWith('/32')
      ? [value.replace('/32', '/16'), value.replace('/32', '/31')]
      : [],
  );
  const ports = changes((path, value) =>
    last(path) === 'ports' && Array.isArray(value)
      ? [
          [...value, { port: 22 }],
          [...value, { port: 53, endPort: 54 }],
        ]
      : [],
  );
  const selectors = changes((path, value) =>
    last(path) === 'podSelector' && JSON.stringify(value) !== '{}' ? [{}] : [],
  );
  const peers = changes((path, value) =>
    /^(from|to)$/.test(last(path)) && Array.isArray(value)
      ? [
          [...value, { podSelector: {} }],
          [...value, { namespaceSelector: {} }],
          [...value, { ipBlock: { cidr: '10.42.0.0/24' } }],
        ]
      : [],
  );
  const all = [...without, ...excepts, ...cidrs, ...ports, ...selectors, ...peers];

  test.each(all)('%s', (_, changed) => {
    expect(differences(changed)).not.toEqual([]);
  });
});
