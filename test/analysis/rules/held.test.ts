import { parseAllDocuments } from 'yaml';
import { rules } from '../../../lib/analysis/rules';
import { run } from '../../../lib/analysis/rules/run';
import { factsOf } from '../../../lib/deployment/checks/facts';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { production } from '../../support/production';
import { acceptedOrRefused, acceptedOrRefusedAnywhere, sameInAnyOrder } from './any-configuration';

type Data = Record<string, unknown>;

describe('any configuration', () => {
  test('gives documents that the API server takes, or is refused at a place', () => acceptedOrRefused(3));

  test('with any value of any section written otherwise is taken or refused too', () =>
    acceptedOrRefusedAnywhere(3));

  test('gives the same bytes in any order of its keys', () => sameInAnyOrder(1));
});

/** What a rule claims to catch in any pod, by the container's or the pod's field; null is its absence. */
const claims: readonly (readonly [
  rule: string,
  on: 'container' | 'pod',
  path: readonly string[],
  value: Json,
])[] = [
  ['privileged-container', 'container', ['securityContext', 'privileged'], true],
  ['privilege-escalation', 'container', ['securityContext', 'allowPrivilegeEscalation'], null],
  ['no-read-only-root-fs', 'container', ['securityContext', 'readOnlyRootFilesystem'], null],
  ['drop-capabilities', 'container', ['securityContext', 'capabilities'], null],
  ['unsafe-proc-mount', 'container', ['securityContext', 'procMount'], 'Unmasked'],
  ['container-resources', 'container', ['resources'], null],
  ['image-not-pinned-by-digest', 'container', ['image'], 'redis:7'],
  ['enum-values', 'container', ['imagePullPolicy'], 'always'],
  ['container-names', 'container', ['name'], 'Main'],
  ['hardcoded-secrets', 'container', ['args'], ['postgres://shop:hunter22@db/shop']],
  ['volume-mounts', 'container', ['volumeMounts'], [{ name: 'nowhere', mountPath: '/x' }]],
  ['duplicate-env-var', 'container', ['env'], [{ name: 'A' }, { name: 'A' }]],
  ['run-as-non-root', 'pod', ['securityContext', 'runAsNonRoot'], null],
  ['seccomp-profile', 'pod', ['securityContext', 'seccompProfile'], null],
  ['host-namespaces', 'pod', ['hostNetwork'], true],
  ['automount-service-account-token', 'pod', ['automountServiceAccountToken'], null],
  ['dedicated-service-account', 'pod', ['serviceAccountName'], 'default'],
  ['priority-class-name', 'pod', ['priorityClassName'], null],
  ['host-aliases', 'pod', ['hostAliases'], [{ ip: '10.0.0.1', hostnames: ['a'] }]],
  ['local-volume-node-affinity', 'pod', ['nodeSelector'], { nowhere: 'x' }],
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
});
