import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { Manifests } from '../../../lib/kubernetes/manifests';
import { type SelectedPods, selectedPods } from '../../../lib/kubernetes/workloads/pod-labels';

type Fields = { readonly [field: string]: Json };

const labels = { app: 'db' };
const template: Json = { metadata: { labels }, spec: { containers: [] } };

function object(kind: string, fields: Fields = {}): KubernetesObject {
  const spec =
    kind === 'CronJob' ? { jobTemplate: { spec: { template, ...fields } } } : { template, ...fields };
  const apiVersion = kind.endsWith('Job') ? 'batch/v1' : 'apps/v1';
  return { apiVersion, kind, metadata: { name: 'db', namespace: 'shop' }, spec };
}

function selected(made: KubernetesObject, key: string, ...values: string[]): SelectedPods | undefined {
  const [pod] = new Manifests([made]).pods.all;
  const matchExpressions = [
    values.length === 0 ? { key, operator: 'Exists' } : { key, operator: 'In', values },
  ];
  return pod && selectedPods({ matchExpressions }, pod.podLabels);
}

const podName = 'statefulset.kubernetes.io/pod-name';
const podIndex = 'apps.kubernetes.io/pod-index';
const completionIndex = 'batch.kubernetes.io/job-completion-index';

describe('the labels of pods', () => {
  test.each<[string, KubernetesObject, string, string[], SelectedPods]>([
    ['of the template are on every pod', object('Deployment'), 'app', ['db'], 'every'],
    ['of a Job hold its name', object('Job'), 'job-name', ['db'], 'every'],
    ['of a Job hold its name with a prefix', object('Job'), 'batch.kubernetes.io/job-name', ['db'], 'every'],
    ['of a Job hold no other name', object('Job'), 'job-name', ['other'], 'none'],
    [
      'of a Job with a selector of its own are the template',
      object('Job', { manualSelector: true }),
      'job-name',
      ['db'],
      'none',
    ],
    ['of a Job hold a uid', object('Job'), 'batch.kubernetes.io/controller-uid', ['x'], 'unknown'],
    [
      'of a CronJob hold a name that begins with its own',
      object('CronJob'),
      'job-name',
      ['db-29000000'],
      'unknown',
    ],
    ['of a CronJob hold no name that begins otherwise', object('CronJob'), 'job-name', ['migrate'], 'none'],
    ['of a CronJob hold some name', object('CronJob'), 'job-name', [], 'every'],
    ['of a Deployment hold a hash', object('Deployment'), 'pod-template-hash', [], 'every'],
    [
      'of a Deployment hold a hash that no manifest states',
      object('Deployment'),
      'pod-template-hash',
      ['x'],
      'unknown',
    ],
    ['of a DaemonSet hold a hash', object('DaemonSet'), 'controller-revision-hash', ['x'], 'unknown'],
    ['of a ReplicaSet hold nothing more', object('ReplicaSet'), 'pod-template-hash', [], 'none'],
    [
      'of a StatefulSet hold the name of the pod',
      object('StatefulSet', { replicas: 2 }),
      podName,
      ['db-0'],
      'some',
    ],
    ['of a single pod hold its name', object('StatefulSet'), podName, ['db-0'], 'every'],
    [
      'of a StatefulSet hold no higher ordinal',
      object('StatefulSet', { replicas: 2 }),
      podName,
      ['db-2'],
      'none',
    ],
    [
      'of a StatefulSet begin where it says',
      object('StatefulSet', { ordinals: { start: 5 } }),
      podIndex,
      ['5'],
      'every',
    ],
    [
      'of a StatefulSet hold both ordinals',
      object('StatefulSet', { replicas: 2 }),
      podIndex,
      ['0', '1'],
      'every',
    ],
    ['of a StatefulSet hold a hash', object('StatefulSet'), 'controller-revision-hash', ['x'], 'unknown'],
    [
      'of an indexed Job hold the index',
      object('Job', { completionMode: 'Indexed', completions: 3 }),
      completionIndex,
      ['2'],
      'some',
    ],
    ['of another Job hold no index', object('Job', { completions: 3 }), completionIndex, ['2'], 'none'],
  ])('%s', (_, made, key, values, expected) => {
    expect(selected(made, key, ...values)).toBe(expected);
  });

  test('NotIn is met by what a value can not begin with', () => {
    const [pod] = new Manifests([object('CronJob')]).pods.all;
    const notIn = (values: string[]) =>
      pod &&
      selectedPods({ matchExpressions: [{ key: 'job-name', operator: 'NotIn', values }] }, pod.podLabels);
    expect(notIn(['migrate'])).toBe('every');
    expect(notIn(['db-1'])).toBe('unknown');
  });

  test('an absent label is asked of no pod that has it', () => {
    const [pod] = new Manifests([object('Deployment')]).pods.all;
    const matchExpressions = [{ key: 'pod-template-hash', operator: 'DoesNotExist' }];
    expect(pod && selectedPods({ matchExpressions }, pod.podLabels)).toBe('none');
  });

  test('are found through the index', () => {
    const { pods } = new Manifests([object('StatefulSet', { replicas: 2 }), object('Job')]);
    const kinds = (matchLabels: Record<string, string>) =>
      pods.matching('shop', { matchLabels }).map((pod) => pod.object.kind);
    expect(kinds({ app: 'db', [podName]: 'db-1' })).toEqual(['StatefulSet']);
    expect(kinds({ 'job-name': 'db' })).toEqual(['Job']);
  });
});
