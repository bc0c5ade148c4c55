import { parseAllDocuments } from 'yaml';
import type { Consequence } from '../../../lib/analysis/impact/consequence';
import { impact } from '../../../lib/analysis/impact/impact';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';
import { kubeletLabels, type Node } from '../../../lib/kubernetes/scheduling/node';

const workload = ({
  name = 'api',
  space = 'shop',
  image = 'shop:1',
  spec = '',
  pod = '',
  context = '',
} = {}) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${space} }
spec:
  ${spec}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { ${pod} containers: [{ name: main, image: '${image}', args: [serve] ${context} }] }
`;
const recreate = 'strategy: { type: Recreate }';
const budget = (fields: string) => `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, ${fields} }
`;
const config = (fields: string) => `
apiVersion: v1
kind: ConfigMap
metadata: { name: conf, namespace: shop }
${fields}
`;
const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], storageClassName: local-path, resources: { requests: { storage: 1Gi } } }
`;
const volume = 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }],';

const nodes = ['a', 'b', 'c'].map(
  (name): Node => ({ name, labels: kubeletLabels(name), capacity: { cpu: 4, memory: 8 * 2 ** 30 } }),
);

const objectsOf = (...texts: string[]) =>
  parseAllDocuments(texts.join('---\n')).map((document) => document.toJS() as KubernetesObject);

function told(base: string[], head: string[], known: readonly Node[] | undefined = nodes): Consequence[] {
  return [...impact(objectsOf(...base), objectsOf(...head), undefined, { nodes: known }).consequences];
}

const lines = (found: readonly Consequence[]) =>
  found.map(({ class: kind, object, reason }) => `${kind} ${object}: ${reason}`);

const apart =
  'affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: api } }, topologyKey: kubernetes.io/hostname }] } },';

describe('a rollout that never ends', () => {
  test('says which pods keep running', () => {
    const spec = 'replicas: 3';
    const found = told([workload({ spec })], [workload({ spec, pod: 'nodeSelector: { disk: ssd },' })]);
    expect(lines(found)[0]).toBe(
      'fails Deployment shop/api: The nodeSelector requires disk=ssd, but no node has this label. The rollout never ends: 3 of 3 pods keep running with the old template, and no new pod runs.',
    );
    expect(found.map(({ reason }) => reason).join()).not.toContain('no downtime');
  });

  test('says that nothing is left of a Recreate', () => {
    const found = told(
      [workload({ spec: recreate })],
      [workload({ spec: recreate, pod: 'serviceAccountName: missing,' })],
    );
    expect(lines(found)[0]).toContain('no pod runs after the apply');
  });

  test('is one whose old pods leave the new ones no node', () => {
    const spec = 'replicas: 3';
    const found = told([workload({ spec })], [workload({ spec, pod: apart })]);
    const full = told([workload({ spec, pod: apart })], [workload({ spec, pod: apart, image: 'shop:2' })]);
    const room = told(
      [workload({ spec: 'replicas: 2', pod: apart })],
      [workload({ spec: 'replicas: 2', pod: apart, image: 'shop:2' })],
    );
    // Wherever the old pods are, the last new one finds the last old one on the third node.
    for (const each of [found, full])
      expect(lines(each)[0]).toContain('The anti-affinity leaves no node for a new pod');
    expect(room.map((each) => each.class)).toEqual(['restarts']);
  });

  test('is one whose old pods repel the new ones, which no longer do', () => {
    const spec = 'replicas: 3';
    const found = told([workload({ spec, pod: apart })], [workload({ spec })]);
    expect(lines(found)[0]).toContain(
      'fails Deployment shop/api: The anti-affinity leaves no node for a new pod',
    );
  });

  test('is not what the base has already, which runs', () => {
    const pod = 'serviceAccountName: made-by-hand,';
    const found = told([workload({ pod })], [workload({ pod, image: 'shop:2' })]);
    expect(found.map((each) => each.class)).toEqual(['restarts']);
  });

  test('is that of a workload that is new', () => {
    const found = told([], [workload({ pod: 'priorityClassName: missing,' })]);
    expect(lines(found)[0]).toBe(
      'fails Deployment shop/api: The pod refers to PriorityClass missing, which no manifest defines. No pod of the object runs.',
    );
  });

  test('is not looked for where no node is known, and that is said', () => {
    const head = objectsOf(workload({ pod: 'nodeSelector: { disk: ssd },' }));
    const { consequences, notAsked } = impact(objectsOf(workload()), head);
    expect([consequences.map((each) => each.class), notAsked]).toEqual([
      ['restarts'],
      [expect.stringContaining('--nodes FILE')],
    ]);
  });
});

test('a label that moves to another node than the volume leaves the next pod Pending', () => {
  const objects = objectsOf(
    workload({ spec: recreate, pod: `nodeSelector: { disk: ssd }, ${volume}` }),
    claim,
  );
  const output = (node: string): Output => ({
    ...{ objects: objects.map((object) => ({ file: 'all.yaml', object })), stacks: [], rules: [] },
    texts: new Map(
      ['a', 'b'].map((name) => [
        `nodes/${name}.sh`,
        `hostname=${name}\n${name === node ? '  label disk ssd\n' : ''}`,
      ]),
    ),
  });
  const found = impact(output('a'), output('b')).consequences.filter((each) => each.side === 'kubernetes');
  expect(lines(found)).toEqual([
    'fails Deployment shop/api: The volume of PersistentVolumeClaim shop/data is on a, but only b accepts the pods now. The current pod keeps running, but its replacement after a rollout, a drain or a node restart stays Pending.',
  ]);
});

describe('a change that kubectl applies in silence', () => {
  test.each<[string, string[], string[], string]>([
    [
      'that runs a singleton twice',
      [workload({ spec: recreate })],
      [workload({ spec: `${recreate}\n  replicas: 2` })],
      'exposed Deployment shop/api: 1 -> 2: until now the old pod ended before a new one started',
    ],
    [
      'that moves a singleton to another namespace',
      [workload({ spec: recreate })],
      [workload({ spec: recreate, space: 'store' })],
      'exposed Deployment store/api: Deployment shop/api is no longer in the manifests but keeps running',
    ],
    [
      'to Recreate',
      [workload()],
      [workload({ spec: recreate })],
      'exposed Deployment shop/api: RollingUpdate -> Recreate: every later rollout ends all old pods',
    ],
    [
      'of a budget that lets no pod go',
      [workload({ spec: 'replicas: 3' })],
      [workload({ spec: 'replicas: 3' }), budget('minAvailable: 3')],
      'cut off PodDisruptionBudget shop/api: minAvailable 3 with 3 pods allows no eviction',
    ],
    [
      'of fewer pods under a budget',
      [workload({ spec: 'replicas: 3' }), budget('minAvailable: 2')],
      [workload({ spec: 'replicas: 2' }), budget('minAvailable: 2')],
      'cut off PodDisruptionBudget shop/api: minAvailable 2 with 2 pods allows no eviction',
    ],
    [
      'that seals a ConfigMap',
      [config('data: { a: x }')],
      [config('data: { a: x }\nimmutable: true')],
      'exposed ConfigMap shop/conf: immutable: true cannot be reverted',
    ],
    [
      'to a privileged container',
      [workload()],
      [workload({ context: ', securityContext: { privileged: true }' })],
      'exposed Deployment shop/api: The security context is weaker than before: container main is privileged',
    ],
    [
      "to a volume of the node's files",
      [workload()],
      [workload({ pod: 'volumes: [{ name: run, hostPath: { path: /run } }],' })],
      'the pod mounts the hostPath /run',
    ],
    [
      'to root',
      [workload({ pod: 'securityContext: { runAsNonRoot: true },' })],
      [workload({ pod: 'securityContext: { runAsUser: 0 },' })],
      'container main may run as root (runAsNonRoot is not true); container main runs as root',
    ],
    [
      'to an added capability',
      [workload()],
      [workload({ context: ', securityContext: { capabilities: { add: [NET_ADMIN] } }' })],
      'container main adds the capability NET_ADMIN',
    ],
    [
      "to the node's processes",
      [workload()],
      [workload({ pod: 'hostPID: true,' })],
      'the pod has hostPID: true',
    ],
    [
      'to a new major version',
      [workload({ image: 'postgres:16.4-alpine' })],
      [workload({ image: 'postgres:17-alpine@sha256:00' })],
      'a new major version: 16 -> 17',
    ],
    [
      'of a claim that is no longer described and still mounted',
      [claim, workload({ pod: volume })],
      [workload({ pod: volume })],
      'Deployment shop/api still mounts the claim: after you delete the claim, new pods do not start',
    ],
  ])('%s is said', (_, base, head, expected) => {
    expect(lines(told(base, head))).toContainEqual(expect.stringContaining(expected));
  });

  test.each<[string, string[], string[]]>([
    ['more pods of what never was alone', [workload()], [workload({ spec: 'replicas: 2' })]],
    [
      'a budget that lets one go',
      [workload({ spec: 'replicas: 3' })],
      [workload({ spec: 'replicas: 3' }), budget('minAvailable: 2')],
    ],
    ['a pod that is guarded more', [workload({ pod: 'hostPID: true,' })], [workload()]],
    [
      'a newer version of the same kind',
      [workload({ image: 'postgres:16.4' })],
      [workload({ image: 'postgres:16.5' })],
    ],
    ['an image of a commit', [workload({ image: 'shop:1234567' })], [workload({ image: 'shop:7654321' })]],
  ])('%s is neither exposed nor cut off', (_, base, head) => {
    const found = lines(told(base, head)).filter((line) => !line.includes(' -> any'));
    expect(found.join('\n')).not.toMatch(/^(exposed|cut off|fails|lost) /m);
    expect(found.join('\n')).not.toContain('major version');
  });
});
