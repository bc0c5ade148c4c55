import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { Manifests } from '../../../lib/kubernetes/manifests';
import { kubeletLabels, type Node } from '../../../lib/kubernetes/scheduling/node';
import { findStartObstacles, type StartFacts } from '../../../lib/kubernetes/start/start-obstacles';

const metadata = (name: string) => `metadata: { name: ${name}, namespace: shop }`;

const deployment = (pod = '', container = '', spec = 'replicas: 3') => `
apiVersion: apps/v1
kind: Deployment
${metadata('api')}
spec:
  ${spec}
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { ${pod} containers: [{ name: main, image: 'shop:1' ${container} }] }
`;
const namespace = (level: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: ${level} } }
`;
const quota = (hard: string) => `
apiVersion: v1
kind: ResourceQuota
${metadata('quota')}
spec: { hard: { ${hard} } }
`;
const range = (limits: string) => `
apiVersion: v1
kind: LimitRange
${metadata('range')}
spec: { limits: [{ ${limits} }] }
`;
const claim = `
apiVersion: v1
kind: PersistentVolumeClaim
${metadata('data')}
spec: { accessModes: [ReadWriteOnce], storageClassName: local-path, resources: { requests: { storage: 1Gi } } }
`;
const config = `
apiVersion: v1
kind: ConfigMap
${metadata('conf')}
data: { a: x }
`;
const requests = (cpu: string, memory: string) =>
  `, resources: { requests: { cpu: ${cpu}, memory: ${memory} } }`;
const limits = (memory: string) => `, resources: { limits: { memory: ${memory} } }`;

const node = (name: string, labels = {}, taints: Node['taints'] = []): Node => ({
  name,
  labels: { ...kubeletLabels(name), ...labels },
  taints,
  capacity: { cpu: 4, memory: 8 * 2 ** 30 },
});
const nodes = [node('a', { disk: 'ssd' }), node('b')];

function manifestsOf(...texts: string[]): Manifests {
  return new Manifests(
    parseAllDocuments(texts.join('---\n')).map((document) => document.toJS() as KubernetesObject),
  );
}

function podOf(manifests: Manifests) {
  const [pod] = manifests.pods.all;
  if (pod === undefined) throw new Error('the manifests make no pods');
  return pod;
}

function obstacles(texts: string[], facts: Partial<StartFacts> = {}): string[] {
  const manifests = manifestsOf(...texts);
  return findStartObstacles(podOf(manifests), { manifests, ...facts }).map(
    ({ stage, reason }) => `${stage}: ${reason}`,
  );
}

describe('a new pod', () => {
  test.each<[string, string[], string, (readonly Node[])?]>([
    [
      'of a namespace that admits no such pod',
      [deployment('hostPID: true,'), namespace('baseline')],
      'refused: Namespace shop refuses the pods (Pod Security baseline): the pod has hostPID: true',
    ],
    [
      'with a limit above the maximum',
      [deployment('', limits('2Gi')), range('type: Container, max: { memory: 1Gi }')],
      'refused: LimitRange shop/range refuses the pods: container main has a limit for memory above 1Gi',
    ],
    [
      'with a request below the minimum',
      [deployment('', requests('10m', '1Mi')), range('type: Container, min: { memory: 4Mi }')],
      'refused: LimitRange shop/range refuses the pods: container main requests less memory than 4Mi',
    ],
    [
      'with a limit too far above its request',
      [
        deployment('', ', resources: { requests: { memory: 1Mi }, limits: { memory: 4Mi } }'),
        range("type: Container, maxLimitRequestRatio: { memory: '2' }"),
      ],
      'container main has a limit for memory of more than 2 times the request',
    ],
    [
      'of containers that are too large together',
      [deployment('', limits('2Gi')), range('type: Pod, max: { memory: 1Gi }')],
      'refused: LimitRange shop/range refuses the pods: the sum of its containers has a limit for memory above 1Gi',
    ],
    [
      'that requests more than the limit that a LimitRange fills in',
      [deployment('', requests('1', '2Gi')), range('type: Container, default: { memory: 1Gi }')],
      'container main requests 2Gi of memory, which is above the default limit of a container',
    ],
    [
      'that states nothing of what a quota counts',
      [deployment(), quota('limits.memory: 1Gi')],
      'refused: ResourceQuota shop/quota counts limits.memory, so it refuses pods in which a container has no resources.limits.memory, such as main',
    ],
    [
      'that a quota has no room for',
      [deployment('', limits('1Gi')), quota('limits.memory: 2Gi')],
      'limits.memory is 2Gi, but the running pods and the new pods together need at least 3221225472',
    ],
    [
      'of a ServiceAccount that is not there',
      [deployment('serviceAccountName: shop,')],
      'refused: the pod refers to ServiceAccount shop/shop, which no manifest defines',
    ],
    [
      'of a PriorityClass that is not there',
      [deployment('priorityClassName: first,')],
      'refused: the pod refers to PriorityClass first, which no manifest defines',
    ],
    [
      'of a claim that is not there',
      [deployment('volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }],')],
      'unplaced: the pod refers to PersistentVolumeClaim shop/data, which no manifest defines',
    ],
    [
      'of a key that is not there',
      [
        deployment('', ', env: [{ name: B, valueFrom: { configMapKeyRef: { name: conf, key: b } } }]'),
        config,
      ],
      'unstarted: the pod reads the key b of ConfigMap conf, but the manifest of that ConfigMap has no such key',
    ],
    [
      'that asks for a label that no node has',
      [deployment('nodeSelector: { disk: hdd },')],
      'unplaced: the nodeSelector requires disk=hdd, but no node has this label',
      nodes,
    ],
    [
      'that names a node that is not there',
      [deployment('nodeName: c,')],
      'unplaced: the nodeName is c, but the nodes are a, b',
      nodes,
    ],
    [
      'that tolerates no node',
      [deployment()],
      'unplaced: each node that the nodeSelector and affinity match has a taint that the pod does not tolerate',
      [node('a', {}, [{ key: 'gpu', effect: 'NoSchedule' }])],
    ],
    [
      'that is spread by a label that no node has',
      [
        deployment(
          'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: rack, whenUnsatisfiable: DoNotSchedule }],',
        ),
      ],
      'unplaced: none of the nodes that may run the pod has the label rack, which is the topologyKey of a topology spread constraint with DoNotSchedule',
      nodes,
    ],
    [
      'that no node has the CPU for',
      [deployment('', requests('8', '1Mi'))],
      'unplaced: a pod requests 8 CPU and 1Mi, but the nodes that may run the pod have at most 4 CPU',
      nodes,
    ],
    [
      'that waits for a gate',
      [deployment('schedulingGates: [{ name: example.com/wait }],')],
      'unplaced: the scheduling gates example.com/wait keep the pod Pending',
      nodes,
    ],
  ])('%s never runs', (_, texts, expected, ...[known]) => {
    expect(obstacles(texts, { nodes: known })).toEqual([expect.stringContaining(expected)]);
  });

  test.each<[string, string[], (readonly Node[])?]>([
    ['of a namespace that admits it', [deployment('hostPID: true,'), namespace('privileged')]],
    [
      'with the limit that is the maximum',
      [deployment('', limits('1Gi')), range('type: Container, max: { memory: 1Gi }')],
    ],
    ['with a limit by default', [deployment(), range('type: Container, max: { memory: 1Gi }')]],
    [
      'of which a LimitRange states what a quota counts',
      [deployment(), range('type: Container, default: { memory: 1Mi }'), quota('limits.memory: 1Gi')],
    ],
    ['that fills a quota', [deployment('', limits('1Gi')), quota('limits.memory: 3Gi')]],
    ['of the default ServiceAccount', [deployment('serviceAccountName: default,')]],
    ['of a class that every cluster has', [deployment('priorityClassName: system-node-critical,')]],
    [
      'of what is optional',
      [deployment('', ', envFrom: [{ configMapRef: { name: conf, optional: true } }]')],
    ],
    ['of a Secret that may be made by hand', [deployment('', ', envFrom: [{ secretRef: { name: keys } }]')]],
    ['that asks for a label that a node has', [deployment('nodeSelector: { disk: ssd },')], nodes],
    [
      'that is spread as far as possible',
      [
        deployment(
          'topologySpreadConstraints: [{ maxSkew: 1, topologyKey: rack, whenUnsatisfiable: ScheduleAnyway }],',
        ),
      ],
      nodes,
    ],
    ['that no object makes', [deployment('nodeSelector: { disk: hdd },', '', 'replicas: 0')], nodes],
  ])('%s may run', (_, texts, ...[known]) => {
    expect(obstacles(texts, { nodes: known })).toEqual([]);
  });

  test('starts with what the cluster has and an apply leaves', () => {
    const reads = [deployment('', ', envFrom: [{ configMapRef: { name: conf } }]')];
    expect([obstacles(reads).length, obstacles(reads, { existing: manifestsOf(config) })]).toEqual([1, []]);
  });

  test('has no room in a quota while the old pods stay until it is ready', () => {
    const rolling = (surge: number, unavailable: number) =>
      deployment(
        '',
        '',
        `strategy: { rollingUpdate: { maxSurge: ${surge}, maxUnavailable: ${unavailable} } }`,
      );
    const replacing = (text: string) => {
      const manifests = manifestsOf(text, quota("pods: '1'"));
      return findStartObstacles(podOf(manifests), {
        manifests,
        replaces: { pod: podOf(manifests), nodes: [] },
      });
    };
    expect([replacing(rolling(1, 0)).length, replacing(rolling(0, 1)).length]).toEqual([1, 0]);
  });

  test('stays Pending when the node of its volume no longer admits it', () => {
    const volume = 'volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }],';
    const manifests = manifestsOf(deployment(`nodeSelector: { disk: ssd }, ${volume}`), claim);
    const pod = podOf(manifests);
    const moved = [node('a'), node('b', { disk: 'ssd' })];
    const found = (now: readonly Node[]) =>
      findStartObstacles(pod, { manifests, nodes: now, replaces: { pod, nodes } }).map(
        ({ reason }) => reason,
      );
    expect([found(nodes), found(moved)]).toEqual([
      [],
      ['the volume of PersistentVolumeClaim shop/data is on a, but only b accepts the pods now'],
    ]);
  });
});
