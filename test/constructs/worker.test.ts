import { Worker, type WorkerProps } from '../../lib/constructs/worker';
import { at } from '../support/at';
import { objectsOf, ofKind } from '../support/chart';
import { podProps } from '../support/props';

const props: WorkerProps = { ...podProps, replicas: 3, minAvailable: 2 };
const build = (more: Partial<WorkerProps> = {}) =>
  objectsOf((chart) => new Worker(chart, 'importer', { ...props, ...more }));
const pod = (more?: Partial<WorkerProps>) =>
  at(ofKind(build(more), 'Deployment'), 'spec.template.spec') as unknown;

describe('Worker', () => {
  test('makes no Service', () => {
    expect(build().map(({ kind }) => kind)).toEqual(['ServiceAccount', 'PodDisruptionBudget', 'Deployment']);
  });

  test('starts a new pod before it stops an old one', () => {
    expect(at(ofKind(build(), 'Deployment'), 'spec.strategy.rollingUpdate')).toEqual({
      maxUnavailable: 0,
      maxSurge: 1,
    });
  });

  test('runs its command', () => {
    const command = ['python', '-m', 'shop.importer'];
    expect(pod({ command, args: ['--queue', 'imports'] })).toMatchObject({
      containers: [{ command, args: ['--queue', 'imports'] }],
    });
  });

  test('is probed by a program', () => {
    expect(pod({ probes: { liveness: { command: ['check'], periodSeconds: 30 } } })).toMatchObject({
      containers: [{ livenessProbe: { exec: { command: ['check'] }, periodSeconds: 30 } }],
    });
  });

  test.each([
    ['cpu', { cpuPercent: 70 }, { resource: { name: 'cpu' } }],
    ['memory', { memoryPercent: 80 }, { resource: { name: 'memory' } }],
    [
      'an external metric',
      { external: { metric: 'queue_length', perPod: '30' } },
      {
        external: {
          metric: { name: 'queue_length' },
          target: { type: 'AverageValue', averageValue: '30' },
        },
      },
    ],
  ])('is scaled by %s alone', (_, by, metric) => {
    const scaler = ofKind(build({ autoscaling: { maxReplicas: 6, ...by } }), 'HorizontalPodAutoscaler');
    expect(at(scaler, 'spec.metrics')).toMatchObject([metric]);
  });

  test('refuses to be scaled by nothing', () => {
    expect(() => build({ autoscaling: { maxReplicas: 6 } })).toThrow(
      'shop/importer.autoscaling has no metric; set one or more of cpuPercent, memoryPercent and external',
    );
  });

  test('refuses an empty command', () => {
    expect(() => build({ command: [] })).toThrow('shop/importer.command is empty; add at least one item');
  });
});
