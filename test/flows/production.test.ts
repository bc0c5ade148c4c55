import type { Flow } from '../../lib/documents/flow';
import type { Json, KubernetesObject } from '../../lib/documents/kubernetes';
import { prove } from '../../lib/flows/prove';
import { analyse } from '../../lib/flows/reachability';
import { topology } from './documents';
import { declared, policies, workloads } from './production';

function differences(changed: readonly KubernetesObject[], flows: readonly Flow[] = declared): string[] {
  return prove(analyse([...workloads, ...changed], topology), flows).map(({ message }) => message);
}

type Path = readonly (string | number)[];

/** Each place of a value, with the value there. */
function places(value: Json | undefined, path: Path = []): [Path, Json][] {
  if (value === undefined) return [];
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const keys = entries.map(([key]) => (Array.isArray(value) ? Number(key) : key));
  return [[path, value], ...entries.flatMap(([, each], index) => places(each, [...path, keys[index] ?? '']))];
}

/** The value with another one at a place, or with none there. */
function replaced(value: Json | undefined, [key, ...rest]: Path, by: Json | undefined): Json {
  if (key === undefined) return by ?? null;
  if (Array.isArray(value)) {
    const index = Number(key);
    const changed = rest.length === 0 && by === undefined ? [] : [replaced(value[index], rest, by)];
    return [...value.slice(0, index), ...changed, ...value.slice(index + 1)];
  }
  const fields = value as { [key: string]: Json };
  if (rest.length > 0 || by !== undefined) return { ...fields, [key]: replaced(fields[key], rest, by) };
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== key));
}

type Change = [string, readonly KubernetesObject[]];

/** Production's policies after one change of one of them, for each that is given. */
function changes(of: (path: Path, value: Json) => (Json | undefined)[]): Change[] {
  return policies.flatMap((policy) =>
    places(policy['spec']).flatMap(([path, value]) =>
      of(path, value).map((by): Change => {
        const spec = replaced(policy['spec'], path, by);
        const others = policies.map((each) => (each === policy ? { ...policy, spec } : each));
        const what = by === undefined ? 'gone' : JSON.stringify(by);
        return [`${policy.metadata.name}: ${path.join('.')} is ${what}`, others];
      }),
    ),
  );
}

test('production’s policies allow what is declared, and nothing else', () => {
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

  const elements = changes((path) => {
    const isElement = /^(ingress|egress|from|to|ports)$/.test(String(path.at(-2)));
    return isElement && typeof path.at(-1) === 'number' ? [undefined] : [];
  });

  test.each(elements)('%s', (_, changed) => {
    expect(differences(changed)).not.toEqual([]);
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
  const rules = changes((path, value) =>
    /^(ingress|egress)$/.test(last(path)) && Array.isArray(value) ? [[...value, {}]] : [],
  );
  const all = [...without, ...excepts, ...cidrs, ...ports, ...selectors, ...peers, ...rules];

  test.each(all)('%s', (_, changed) => {
    expect(differences(changed)).not.toEqual([]);
  });
});
