import { WebService, type WebServiceProps } from '../../lib/constructs/web-service';
import { at } from '../support/at';
import { objectsOf, ofKind } from '../support/chart';
import { webServiceProps } from '../support/props';

const build = (more: Partial<WebServiceProps> = {}) =>
  objectsOf((chart) => new WebService(chart, 'cart', { ...webServiceProps, ...more }));
const deployment = (more?: Partial<WebServiceProps>) => ofKind(build(more), 'Deployment');
const pod = (more?: Partial<WebServiceProps>) => at(deployment(more), 'spec.template.spec');

describe('WebService', () => {
  test('makes an account, a Service, a budget and a Deployment of its name', () => {
    expect(build().map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'ServiceAccount shop/cart',
      'Service shop/cart',
      'PodDisruptionBudget shop/cart-pdb',
      'Deployment shop/cart',
    ]);
  });

  test('is called by its name rather than its id', () => {
    expect(deployment({ name: 'basket' }).metadata.name).toBe('basket');
  });

  test('selects by one label alone', () => {
    expect(at(deployment(), 'spec.selector')).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'cart' } });
  });

  test('shows the version it runs, and keeps it out of the pods, whose labels are matched', () => {
    expect(deployment().metadata.labels).toMatchObject({ 'app.kubernetes.io/version': 'v2' });
    expect(at(deployment(), 'spec.template.metadata.labels')).not.toHaveProperty([
      'app.kubernetes.io/version',
    ]);
  });

  test('starts a new pod before it takes an old one', () => {
    expect(at(deployment(), 'spec.strategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
  });

  test('spreads hard, leaving out nodes that take no pods, and counting each rollout apart', () => {
    expect(at(pod(), 'topologySpreadConstraints')).toEqual([
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'cart' } },
        matchLabelKeys: ['pod-template-hash'],
        nodeTaintsPolicy: 'Honor',
      },
    ]);
  });

  test('leaves a lost node after 30 s', () => {
    expect(at(pod(), 'tolerations')).toEqual(
      ['not-ready', 'unreachable'].map((taint) => ({
        key: `node.kubernetes.io/${taint}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 30,
      })),
    );
  });

  test('serves for 15 s after the termination signal, and then has 30 s to end', () => {
    expect(at(pod(), 'containers.0.lifecycle')).toEqual({ preStop: { sleep: { seconds: 15 } } });
    expect(at(pod(), 'terminationGracePeriodSeconds')).toBe(45);
  });

  test('takes another pause, and the grace follows', () => {
    expect(at(pod({ drainSeconds: 40 }), 'terminationGracePeriodSeconds')).toBe(70);
  });

  test('asks only whether the port accepts where a probe has no path', () => {
    const liveness = at(
      pod({ probes: { ...webServiceProps.probes, liveness: {} } }),
      'containers.0.livenessProbe',
    );
    expect(liveness).toEqual({ tcpSocket: { port: 8080 } });
  });

  test('autoscaled, states no count in the Deployment', () => {
    const scaled = { autoscaling: { maxReplicas: 6, cpuPercent: 70, memoryPercent: 80 } };
    expect(at(deployment(scaled), 'spec')).not.toHaveProperty('replicas');
  });

  test('autoscaled, starts from its replicas', () => {
    const scaled = build({ autoscaling: { maxReplicas: 6, cpuPercent: 70, memoryPercent: 80 } });
    expect(at(ofKind(scaled, 'HorizontalPodAutoscaler'), 'spec')).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' },
      minReplicas: 3,
      maxReplicas: 6,
      metrics: [
        { resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        { resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 80 } } },
      ],
    });
  });
});

describe('WebService refuses', () => {
  test.each<[string, Partial<WebServiceProps>]>([
    [
      'shop/cart.port is 80; it must be an integer from 1024 to 65535 (a port below 1024 needs a privilege that the namespace does not allow)',
      { port: 80 },
    ],
    ['shop/cart.replicas is 0; it must be an integer from 1 to 1000', { replicas: 0, minAvailable: 0 }],
    [
      'shop/cart.minAvailable is 3 of 3 replicas, so no node could be drained; it must be at most 2',
      { minAvailable: 3 },
    ],
    ['shop/cart.replicas is 1.5; it must be an integer from 1 to 1000', { replicas: 1.5 }],
    [
      'shop/cart.probes.startup.path is "up"; it must be a path that begins with "/" and has only characters that a URL may contain',
      { probes: { ...webServiceProps.probes, startup: { path: 'up' } } },
    ],
    [
      'shop/cart.probes.readiness.periodSeconds is 0; it must be an integer from 1 to 86400 seconds',
      { probes: { ...webServiceProps.probes, readiness: { periodSeconds: 0 } } },
    ],
    [
      'shop/cart.probes.liveness.failureThreshold is -1; it must be an integer from 1 to 1000',
      { probes: { ...webServiceProps.probes, liveness: { failureThreshold: -1 } } },
    ],
    ['shop/cart.minAvailable is -1; it must be an integer from 0 to 2', { minAvailable: -1 }],
    [
      'shop/cart.autoscaling.cpuPercent is 0; it must be an integer from 1 to 1000 percent of the request',
      { autoscaling: { maxReplicas: 6, cpuPercent: 0, memoryPercent: 80 } },
    ],
    [
      'shop/cart.autoscaling.maxReplicas is 2, below replicas (3), which is the minimum number of pods; it must be at least 3',
      { autoscaling: { maxReplicas: 2, cpuPercent: 70, memoryPercent: 80 } },
    ],
    ['shop/cart.drainSeconds is 0; it must be an integer from 1 to 86400 seconds', { drainSeconds: 0 }],
    [
      'shop/cart.name is "Cart"; it must be a DNS label: at most 63 characters (a-z, 0-9 and "-"), beginning with a letter',
      { name: 'Cart' },
    ],
    [
      'shop/cart.resources.memory.request is 1Gi, above the limit of 128Mi; lower the request or raise the limit',
      { resources: { ...webServiceProps.resources, memory: { request: '1Gi', limit: '128Mi' } } },
    ],
    [
      'shop/cart.resources.cpu.limit is "1 core"; it must be a quantity of CPU such as 100m or 1',
      { resources: { ...webServiceProps.resources, cpu: { request: '100m', limit: '1 core' } } },
    ],
  ])('%s', (message, wrong) => {
    expect(() => build(wrong)).toThrow(new Error(message));
  });

  test('all that is wrong at once', () => {
    expect(() => build({ port: 80, drainSeconds: 0 })).toThrow(
      /cart\.port is 80.*\n.*cart\.drainSeconds is 0/,
    );
  });
});
