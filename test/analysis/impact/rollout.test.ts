import { Objects } from '../../../lib/analysis/impact/kubernetes/objects';
import { rolloutOf } from '../../../lib/analysis/impact/kubernetes/workloads/rollout';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';

type Fields = { readonly [field: string]: Json };

const startupProbe = { tcpSocket: { port: 80 }, periodSeconds: 5, failureThreshold: 6 };
const readinessProbe = { tcpSocket: { port: 80 }, periodSeconds: 10 };

function workload(spec: Fields, probes: Fields = { startupProbe, readinessProbe }, kind = 'Deployment') {
  const template = { spec: { terminationGracePeriodSeconds: 20, containers: [{ name: 'cart', ...probes }] } };
  return {
    ...{ apiVersion: 'apps/v1', kind, metadata: { name: 'cart', namespace: 'shop' } },
    spec: { template, ...spec },
  };
}

function rollout(object: KubernetesObject, ...others: KubernetesObject[]) {
  return rolloutFrom(object, object, ...others);
}

/** Of a template that replaces another one. */
function rolloutFrom(before: KubernetesObject, object: KubernetesObject, ...others: KubernetesObject[]) {
  const objects = [object, ...others].map((each) => ({ file: 'shop.yaml', object: each }));
  const output: Output = { objects, stacks: [], rules: [], texts: new Map() };
  const all = new Objects(output);
  return rolloutOf({ before, after: all.manifests.same(object) ?? object }, all);
}

const rolling = (maxSurge: Json, maxUnavailable: Json) => ({
  strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } },
});

describe('a rollout', () => {
  test('with a surge and no unavailable pod has no downtime', () => {
    expect(rollout(workload({ replicas: 3, ...rolling(1, 0) }))).toEqual({
      hasGap: false,
      sentence:
        '3 pods, 1 at a time; each new pod is ready before an old one stops: no downtime. The rollout takes up to 3 min 6 s.',
    });
  });

  test('that takes pods away first leaves fewer', () => {
    expect(rollout(workload({ replicas: 4, ...rolling(0, 1) }))?.sentence).toContain(
      '4 pods, 1 at a time; at least 3 stay ready: fewer pods, no downtime.',
    );
  });

  test('that takes the only pod away first has a gap of grace and start', () => {
    expect(rollout(workload({ replicas: 1, ...rolling(0, 1) }))).toEqual({
      hasGap: true,
      sentence:
        '1 pod, all at once, and no pod runs in between: up to 20 s until the old pod has ended, and up to 42 s until the new pod is ready: 1 min 2 s at worst.',
    });
  });

  test("is bounded by the old pod's grace, not by that of the new one", () => {
    const old = workload({ strategy: { type: 'Recreate' } });
    const now = workload({ strategy: { type: 'Recreate' } });
    now.spec.template.spec.terminationGracePeriodSeconds = 90;
    expect(rolloutFrom(old, now)?.sentence).toContain('up to 20 s until the old pod has ended');
    expect(rolloutFrom(now, old)?.sentence).toContain('up to 1 min 30 s until the old pod has ended');
  });

  test('waits for the startup probe of a sidecar, and then for the main container', () => {
    const object = workload({ strategy: { type: 'Recreate' } });
    const initContainers = [{ name: 'proxy', restartPolicy: 'Always', startupProbe }];
    Object.assign(object.spec.template.spec, { initContainers });
    expect(rollout(object)?.sentence).toContain('up to 1 min 13 s until the new pod is ready');
  });

  test('by Recreate has a gap whatever the number of pods', () => {
    expect(rollout(workload({ replicas: 3, strategy: { type: 'Recreate' } }))?.hasGap).toBe(true);
  });

  test('rounds the surge up and those away down, as the controller does', () => {
    expect(rollout(workload({ replicas: 3, ...rolling('25%', '25%') }))?.sentence).toMatch(
      /^3 pods, 1 at a time; each new pod is ready before/,
    );
  });

  test('without a strategy has the default one', () => {
    expect(rollout(workload({ replicas: 4 }))?.sentence).toContain('4 pods, 2 at a time; at least 3 stay');
  });

  test('takes one away where both numbers come to none', () => {
    expect(rollout(workload({ replicas: 3, ...rolling('0%', '10%') }))?.sentence).toContain(
      'at least 2 stay',
    );
  });

  test('without a readiness probe is not said to be without a gap', () => {
    const { hasGap, sentence } = rollout(workload({ replicas: 3, ...rolling(1, 0) }, {})) ?? {};
    expect([hasGap, sentence]).toEqual([
      true,
      expect.stringContaining('without a readiness probe a new pod counts as ready before it answers'),
    ]);
  });

  test('without a startup probe has no bound', () => {
    const { sentence } = rollout(workload({ strategy: { type: 'Recreate' } }, { readinessProbe })) ?? {};
    expect(sentence).toContain('no startup probe limits how long the pod takes to become ready');
  });

  test('of no pods restarts none', () => {
    expect(rollout(workload({ replicas: 0 }))?.sentence).toBe('No pod runs, so no pod restarts.');
  });

  test('of a workload with an autoscaler counts with what it allows', () => {
    const autoscaler: KubernetesObject = {
      ...{ apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
      metadata: { name: 'cart', namespace: 'shop' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cart' },
        minReplicas: 2,
        maxReplicas: 6,
      },
    };
    const { sentence } = rollout(workload(rolling(1, 0)), autoscaler) ?? {};
    expect(sentence).toMatch(/^2 to 6 pods, 1 at a time/);
    // Six pods, not two, of 42 s of start and 20 s of grace.
    expect(sentence).toContain('The rollout takes up to 6 min 12 s.');
  });

  test('of a paused Deployment is none', () => {
    expect(rollout(workload({ paused: true }))).toBeUndefined();
  });

  test('of a DaemonSet leaves one node after another without it', () => {
    expect(rollout(workload({}, { startupProbe }, 'DaemonSet'))?.sentence).toMatch(
      /^On one node after another, and no pod runs on that node in between: up to 20 s/,
    );
  });

  test('of a StatefulSet stops each pod before it starts again', () => {
    expect(rollout(workload({ replicas: 3 }, { startupProbe }, 'StatefulSet'))?.sentence).toMatch(
      /^3 pods, one after another: each pod stops before its replacement starts/,
    );
  });

  test('on delete is none', () => {
    expect(rollout(workload({ updateStrategy: { type: 'OnDelete' } }, {}, 'StatefulSet'))).toBeUndefined();
  });
});
