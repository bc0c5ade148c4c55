import { parseAllDocuments } from 'yaml';
import { impact } from '../../../lib/analysis/impact/impact';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';

function output(text: string): Output {
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubernetesObject);
  return {
    objects: objects.map((object) => ({ file: 'shop.yaml', object })),
    ...{ stacks: [], rules: [], texts: new Map() },
  };
}

const range = (limits: string) => `
apiVersion: v1
kind: LimitRange
metadata: { name: limits, namespace: shop }
spec: { limits: [{ ${limits} }] }
`;
const ofClaims = range('type: PersistentVolumeClaim, min: { storage: 1Gi }, max: { storage: 8Gi }');
const claim = (storage: string, name = 'data', namespace = 'shop') => `
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: ${name}, namespace: ${namespace} }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${storage} } } }
`;
const set = (storage: string) => `
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: queue, namespace: shop }
spec:
  serviceName: queue
  selector: { matchLabels: { app: queue } }
  template: { metadata: { labels: { app: queue } }, spec: { containers: [{ name: queue, image: x }] } }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: ${storage} } } }
`;
const deployment = (memory: string) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers:
        - { name: cart, image: x, resources: { limits: { memory: ${memory} } } }
        - { name: proxy, image: x, resources: { limits: { memory: 64Mi } } }
`;

const failures = (base: string, head: string) =>
  impact(output(base), output(head), defaultTopology)
    .consequences.filter((each) => each.class === 'fails')
    .map(({ object, field, reason }) => `${object} ${field}: ${reason}`);

describe('a LimitRange of claims', () => {
  test.each([
    ['10Gi', 'more storage than 8Gi'],
    ['100Mi', 'less storage than 1Gi'],
  ])('refuses a new claim of %s', (storage, what) => {
    expect(failures(ofClaims, ofClaims + claim(storage))).toEqual([
      `PersistentVolumeClaim shop/data spec.resources.requests.storage: LimitRange shop/limits refuses the claim, because the claim requests ${what}. The API server refuses the claim.`,
    ]);
  });

  test('refuses a claim that grows past it', () => {
    expect(failures(ofClaims + claim('8Gi'), ofClaims + claim('9Gi'))).toContainEqual(
      expect.stringContaining('the claim requests more storage than 8Gi'),
    );
  });

  test('accepts a claim within it, one that does not change, and one of another namespace', () => {
    const kept = claim('10Gi', 'old');
    const head = ofClaims + claim('8Gi') + kept + claim('10Gi', 'data', 'other');
    expect(failures(ofClaims + kept, head)).toEqual([]);
  });

  test('refuses the claims of a StatefulSet, so that its pods never start', () => {
    expect(failures(ofClaims, ofClaims + set('10Gi'))).toEqual([
      'StatefulSet shop/queue spec.volumeClaimTemplates[0].spec.resources.requests.storage: LimitRange shop/limits refuses the claim, because the claim requests more storage than 8Gi. No pod of the object runs.',
    ]);
  });
});

describe('a LimitRange of pods', () => {
  const ofPods = range('type: Pod, max: { memory: 128Mi }');

  test('refuses pods whose containers are above it together', () => {
    expect(failures(ofPods + deployment('64Mi'), ofPods + deployment('96Mi'))).toEqual([
      expect.stringMatching(
        /^Deployment shop\/cart spec\.template\.spec: LimitRange shop\/limits refuses the pods: the sum of its containers has a limit for memory above 128Mi/,
      ),
    ]);
  });

  test('admits pods that are at it together', () => {
    expect(failures(ofPods, ofPods + deployment('64Mi'))).toEqual([]);
  });
});
