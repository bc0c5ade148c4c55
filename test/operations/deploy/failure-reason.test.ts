import { failureReasons } from '../../../lib/operations/deploy/failure-reason';
import { event, pod, workload } from '../support/objects';

type Case = readonly [
  title: string,
  code: string,
  text: string,
  observed: Partial<Parameters<typeof failureReasons>[0]>,
];

/** Statuses and events as kubelets, the scheduler and the controllers of Kubernetes 1.34 write them. */
const cases: readonly Case[] = [
  [
    'an image that can’t be pulled',
    'image',
    "The image shop/api:2 can't be pulled: shop/api:2: not found",
    {
      pods: [pod({ state: { waiting: { reason: 'ImagePullBackOff', message: 'Back-off pulling image' } } })],
      events: [event('Failed', 'shop/api:2: not found')],
    },
  ],
  [
    'a crash',
    'crash',
    'The container ends with exit code 3, after 2 restarts.',
    {
      pods: [
        pod({
          restartCount: 2,
          state: {
            waiting: { reason: 'CrashLoopBackOff', message: 'back-off 20s restarting failed container' },
          },
          lastState: { terminated: { exitCode: 3, reason: 'Error' } },
        }),
      ],
    },
  ],
  [
    'too little memory',
    'memory',
    'The container is out of memory: it needs more than its limit of 64Mi.',
    {
      pods: [
        pod(
          { state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } },
          { spec: { containers: [{ name: 'api', resources: { limits: { memory: '64Mi' } } }] } },
        ),
      ],
    },
  ],
  [
    'no room on any node',
    'unschedulable',
    "The pod can't be scheduled: 0/3 nodes are available: 3 Insufficient memory.",
    {
      pods: [
        pod(
          {},
          {
            spec: { nodeName: undefined },
            status: {
              conditions: [
                {
                  type: 'PodScheduled',
                  status: 'False',
                  reason: 'Unschedulable',
                  message: '0/3 nodes are available: 3 Insufficient memory.',
                },
              ],
            },
          },
        ),
      ],
    },
  ],
  [
    'a quota',
    'quota',
    'No pod can be created: it would exceed the quota quota. pods "api-1" is forbidden: exceeded quota: quota, requested: limits.cpu=9, used: limits.cpu=4, limited: limits.cpu=10',
    {
      workload: workload({
        conditions: [
          {
            type: 'ReplicaFailure',
            status: 'True',
            reason: 'FailedCreate',
            message:
              'pods "api-1" is forbidden: exceeded quota: quota, requested: limits.cpu=9, used: limits.cpu=4, limited: limits.cpu=10',
          },
        ],
      }),
    },
  ],
  [
    'Pod Security',
    'pod-security',
    'No pod can be created: it violates Pod Security restricted:v1.34. pods "api-1" is forbidden: violates PodSecurity "restricted:v1.34": runAsNonRoot != true',
    {
      events: [
        event(
          'FailedCreate',
          'pods "api-1" is forbidden: violates PodSecurity "restricted:v1.34": runAsNonRoot != true',
          {
            involvedObject: { kind: 'Job', uid: 'w' },
          },
        ),
      ],
    },
  ],
  [
    'a missing key of a Secret',
    'secret',
    'credentials has no key PASSWORD, which the container reads.',
    {
      pods: [
        pod({
          state: {
            waiting: {
              reason: 'CreateContainerConfigError',
              message: "couldn't find key PASSWORD in Secret shop/credentials",
            },
          },
        }),
      ],
    },
  ],
  [
    'a missing Secret',
    'secret',
    'credentials does not exist, but the container reads it.',
    {
      pods: [
        pod({
          state: {
            waiting: { reason: 'CreateContainerConfigError', message: 'secret "credentials" not found' },
          },
        }),
      ],
    },
  ],
  [
    'a volume of a missing Secret',
    'secret',
    'A volume needs a Secret that does not exist, or a key of it: MountVolume.SetUp failed for volume "key" : secret "push" not found',
    {
      pods: [pod({ state: { waiting: { reason: 'ContainerCreating' } } })],
      events: [event('FailedMount', 'MountVolume.SetUp failed for volume "key" : secret "push" not found')],
    },
  ],
  [
    'a startup probe that fails for too long',
    'probe',
    'A probe fails, and the kubelet restarts the container: Startup probe failed: HTTP probe failed with statuscode: 500',
    {
      pods: [pod({ state: { running: {} } }, { status: { phase: 'Running' } })],
      events: [
        event('Killing', 'Container api failed startup probe, will be restarted', { type: 'Normal' }),
        event('Unhealthy', 'Startup probe failed: HTTP probe failed with statuscode: 500'),
      ],
    },
  ],
  [
    'a readiness probe that failed often enough',
    'probe',
    'A probe fails: Readiness probe failed: dial tcp: connection refused',
    {
      pods: [pod({ state: { running: {} } }, { status: { phase: 'Running' } })],
      events: [event('Unhealthy', 'Readiness probe failed: dial tcp: connection refused', { count: 3 })],
    },
  ],
];

test.each(cases)('names %s', (_, code, text, observed) => {
  const found = failureReasons({ workload: workload(), pods: [], events: [], ...observed });
  expect(found.map((each) => [each.code, each.text])).toEqual([[code, text]]);
});

test('a probe that fails while a program starts is no reason yet', () => {
  const pods = [pod({ state: { running: {} } }, { status: { phase: 'Running' } })];
  const events = [event('Unhealthy', 'Readiness probe failed', { count: 2 })];
  expect(failureReasons({ workload: workload(), pods, events })).toEqual([]);
});

test('a container that is being created is no reason', () => {
  const pods = [pod({ state: { waiting: { reason: 'ContainerCreating' } } })];
  expect(failureReasons({ workload: workload(), pods, events: [] })).toEqual([]);
});
