import { join } from 'node:path';
import fc from 'fast-check';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { apiServerRules, rules } from '../../lib/checks/rules';
import { run } from '../../lib/checks/run';
import { CheckError, synthesize } from '../../lib/cli/synthesize';
import { ConfigError } from '../../lib/config/problem';
import { factsOf } from '../../lib/deployment/facts';
import type { Json, KubernetesObject } from '../../lib/documents/kubernetes';
import { edited, root, withConfiguration } from '../support/configuration';
import { production } from '../support/production';

/** How many configurations are tried; `RULES_RUNS=30000 npx jest test/checks/held` takes an hour. */
const runs = Number(process.env['RULES_RUNS'] ?? 12);

type Data = Record<string, unknown>;

const configuration = (): Data => parse(edited([])) as Data;

/** The same data with the keys of every map in another order. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => ({ key, each, place: random() }));
  return Object.fromEntries(
    entries.sort((a, b) => a.place - b.place).map(({ key, each }) => [key, shuffled(each, random)]),
  );
}

const synthesized = (data: unknown) =>
  withConfiguration(stringify(data, { aliasDuplicateObjects: false }), (path) => synthesize(path));

/** One setting of a workload, right or wrong; YAML can hold all of them. */
const setting = fc.oneof(
  fc.tuple(
    fc.constantFrom('replicas', 'minAvailable', 'port'),
    fc.oneof(fc.integer({ min: -1, max: 70_000 }), fc.constantFrom('3', null, 1.5)),
  ),
  fc.tuple(fc.constant('user'), fc.integer({ min: -1, max: 70_000 })),
  fc.tuple(
    fc.constant('resources'),
    fc.record({
      cpu: fc.record({
        request: fc.constantFrom('1m', '100m', '0.5', '8'),
        limit: fc.constantFrom('100m', '1', '0'),
      }),
      memory: fc.record({
        request: fc.constantFrom('1Mi', '128Mi', '64Gi'),
        limit: fc.constantFrom('128Mi', '1Gi', '512MB'),
      }),
    }),
  ),
  fc.tuple(
    fc.constant('environment'),
    fc.dictionary(
      fc.constantFrom('A', 'B_1', '1C', 'PORT', 'D E'),
      fc.constantFrom('e0', '012', 'yes', '', '~'),
    ),
  ),
  fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.constantFrom(1, 'x', true)),
);

describe('any configuration', () => {
  test('gives documents that the API server takes, or is refused at a place', () => {
    fc.assert(
      fc.property(fc.constantFrom('api', 'admin', 'web'), setting, (workload, [key, value]) => {
        const data = configuration();
        const of = (data['workloads'] as Data)[workload] as Data;
        Object.defineProperty(of, key, { value, enumerable: true, configurable: true, writable: true });
        try {
          expect(synthesized(data).report.open).toEqual([]);
        } catch (error) {
          if (error instanceof ConfigError) {
            for (const { place } of error.problems) expect(place.line).toBeGreaterThan(0);
          } else if (error instanceof CheckError) {
            for (const { place, rule } of error.findings) {
              expect([rule.id, place?.line]).toEqual([rule.id, expect.any(Number)]);
              expect(apiServerRules).not.toContain(rule);
            }
          } else throw error;
        }
      }),
      { numRuns: runs },
    );
  });

  test('gives the same bytes in any order of its keys', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 2 }), (seed) => {
        let state = seed;
        // Park and Miller's generator: a counterexample is one number.
        const random = () => {
          state = (state * 16_807) % (2 ** 31 - 1);
          return state;
        };
        expect(synthesized(shuffled(configuration(), random)).files).toEqual(production.files);
      }),
      { numRuns: Math.ceil(runs / 3) },
    );
  });
});

/** What a rule claims to catch in any pod, by the container's or the pod's field; null is its absence. */
const claims: readonly (readonly [
  rule: string,
  on: 'container' | 'pod',
  path: readonly string[],
  value: Json,
])[] = [
  ['privileged', 'container', ['securityContext', 'privileged'], true],
  ['privilege-escalation', 'container', ['securityContext', 'allowPrivilegeEscalation'], null],
  ['read-only-root-filesystem', 'container', ['securityContext', 'readOnlyRootFilesystem'], null],
  ['drop-capabilities', 'container', ['securityContext', 'capabilities'], null],
  ['proc-mount', 'container', ['securityContext', 'procMount'], 'Unmasked'],
  ['resources-stated', 'container', ['resources'], null],
  ['image-by-digest', 'container', ['image'], 'redis:7'],
  ['known-words', 'container', ['imagePullPolicy'], 'always'],
  ['container-names', 'container', ['name'], 'Main'],
  ['literal-secrets', 'container', ['args'], ['postgres://shop:hunter22@db/shop']],
  ['volume-mounts', 'container', ['volumeMounts'], [{ name: 'nowhere', mountPath: '/x' }]],
  ['duplicate-environment', 'container', ['env'], [{ name: 'A' }, { name: 'A' }]],
  ['run-as-non-root', 'pod', ['securityContext', 'runAsNonRoot'], null],
  ['seccomp-profile', 'pod', ['securityContext', 'seccompProfile'], null],
  ['host-namespaces', 'pod', ['hostNetwork'], true],
  ['no-service-account-token', 'pod', ['automountServiceAccountToken'], null],
  ['own-service-account', 'pod', ['serviceAccountName'], 'default'],
  ['priority-class', 'pod', ['priorityClassName'], null],
  ['host-aliases', 'pod', ['hostAliases'], [{ ip: '10.0.0.1', hostnames: ['a'] }]],
  ['pinned-volume', 'pod', ['nodeSelector'], { nowhere: 'x' }],
];

const documents = production.documents.map(({ object }) => object);
const podsOf = (object: KubernetesObject): Data[] => {
  const spec = object['spec'] as Data | undefined;
  const job = (spec?.['jobTemplate'] as Data | undefined)?.['spec'] as Data | undefined;
  const template = (job ?? spec)?.['template'] as Data | undefined;
  return template?.['spec'] === undefined ? [] : [template['spec'] as Data];
};
const makers = documents.filter((object) => podsOf(object).length > 0);

describe.each(claims)('%s, broken in %s by %j', (id, on, path, value) => {
  const rule = rules.filter((each) => each.id === id);

  test.each(makers.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const))(
    'is caught in %s',
    (_, object) => {
      const broken = structuredClone(object);
      const [pod = {}] = podsOf(broken);
      const [container = {}] = pod['containers'] as Data[];
      const parent = path
        .slice(0, -1)
        .reduce<Data>((each, key) => each[key] as Data, on === 'pod' ? pod : container);
      const last = path.at(-1) ?? '';
      if (value === null) delete parent[last];
      else parent[last] = value;
      const all = documents.map((each) => (each === object ? broken : each));
      const { open } = run(all, rule, { facts: factsOf(production.model) });
      expect(open.map(({ source }) => source)).toContain(broken);
    },
  );
});

describe('what is written', () => {
  test.each(['1.1', '1.2'] as const)('reads back the same under YAML %s', (version) => {
    const manifests = production.files.filter(({ path }) => path.endsWith('.k8s.yaml'));
    const read = manifests.flatMap(({ text }) =>
      parseAllDocuments(text, { version }).map((each) => each.toJS()),
    );
    expect(read).toEqual(JSON.parse(JSON.stringify(documents)));
  });

  test('holds no byte of what stands in the environment', () => {
    const canary = 'c4nary-7d1f0e9b5a';
    const names = [
      ...Object.values(production.model.secrets).flatMap(({ keys }) => Object.keys(keys)),
      ...['HCLOUD_TOKEN', 'CLOUDFLARE_API_TOKEN', 'KUBECONFIG', 'TF_VAR_k3s_token', 'USER', 'LANG'],
    ];
    const before = names.map((name) => [name, process.env[name]] as const);
    for (const name of names) process.env[name] = canary;
    try {
      const { files, terraformFiles } = synthesize(
        join(root, 'test', 'fixtures', 'config', 'production.yaml'),
      );
      const text = [...files, ...terraformFiles].map((file) => file.text).join('\n');
      for (const form of encodings(canary)) expect(text).not.toContain(form);
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    }
  });
});

/** A text raw, in hexadecimal digits, and in base64 wherever it begins; the bytes that neighbours touch are left out. */
function encodings(text: string): string[] {
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.from('x'.repeat(shift) + text)
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(shift === 0 ? 0 : shift + 1, -2);
  });
  return [text, Buffer.from(text).toString('hex'), ...base64];
}
