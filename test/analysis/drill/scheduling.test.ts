import type { Json } from '../../../lib/documents/kubernetes';
import { apart, deployment, drillOf, node, object, ofCart, outcome, spread } from './cluster';

describe('where the scheduler may put pods', () => {
  test('without a hard rule all of them may be on one node', () => {
    expect(ofCart('node-lost').ready).toBe(0);
  });

  test('a preference guarantees nothing', () => {
    expect(ofCart('node-lost', { pod: spread('cart', { whenUnsatisfiable: 'ScheduleAnyway' }) }).ready).toBe(
      0,
    );
    const preferred = { preferredDuringSchedulingIgnoredDuringExecution: [] };
    expect(ofCart('node-lost', { pod: { affinity: { podAntiAffinity: preferred } } }).ready).toBe(0);
  });

  test('a hard spread leaves two of three', () => {
    expect(ofCart('node-lost', { pod: spread('cart') }).ready).toBe(2);
  });

  test('a skew of two leaves one of three', () => {
    expect(ofCart('node-lost', { pod: spread('cart', { maxSkew: 2 }) }).ready).toBe(1);
  });

  test('a hard anti-affinity leaves two of three', () => {
    expect(ofCart('node-lost', { pod: apart('cart') }).ready).toBe(2);
  });

  test('more nodes do not help what may be stacked', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e'].map((name) => node(name));
    expect(outcome(drillOf([deployment('cart')], { nodes }), 'node-lost').ready).toBe(0);
  });

  test('a spread over zones says nothing about nodes of one zone', () => {
    const zone = (name: string, value: string) => node(name, { labels: { zone: value } });
    const nodes = [zone('a', 'x'), zone('b', 'x'), zone('c', 'y')];
    const pod = spread('cart', { topologyKey: 'zone' });
    expect(outcome(drillOf([deployment('cart', { pod })], { nodes }), 'node-lost').ready).toBe(1);
  });

  test('nodes without the label of a spread take no pod', () => {
    const pod = spread('cart', { topologyKey: 'rack' });
    expect(ofCart('node-lost', { pod }).ready).toBe(0);
    expect(ofCart('rollout', { pod }).completes).toBe(false);
  });

  test('a node counts for a spread only where it has the labels of all of them', () => {
    const rack = (name: string, value?: string) =>
      node(name, { labels: value === undefined ? {} : { rack: value } });
    const [byHost] = spread('cart').topologySpreadConstraints as readonly Json[];
    const pod = {
      topologySpreadConstraints: [byHost, { ...(byHost as object), topologyKey: 'rack', maxSkew: 3 }],
    } as never;
    const nodes = [rack('a', 'x'), rack('b', 'y'), rack('c')];
    expect(outcome(drillOf([deployment('cart', { pod })], { nodes }), 'rollout').completes).toBe(true);
  });

  test('too few domains are counted as empty', () => {
    const pod = spread('cart', { minDomains: 4 });
    expect(ofCart('rollout', { pod, replicas: 4 }).completes).toBe(false);
  });

  test('pods of an earlier template count without matchLabelKeys, so that rollouts unbalance them', () => {
    const pod = spread('cart', { matchLabelKeys: [] });
    expect(ofCart('node-lost', { pod }).ready).toBe(1);
  });

  test('what left a node does not come back by itself', () => {
    expect(ofCart('node-lost-again', { pod: spread('cart') }).ready).toBe(1);
  });

  test('a node selector binds', () => {
    const nodes = [node('a', { labels: { disk: 'fast' } }), node('b')];
    const drill = drillOf([deployment('cart', { pod: { nodeSelector: { disk: 'fast' } } })], { nodes });
    expect(outcome(drill, 'node-lost').recovery).toMatchObject({ kind: 'until', event: 'the node is back' });
  });

  test.each([
    ['In', ['fast'], true],
    ['NotIn', ['fast'], false],
    ['Exists', [], true],
    ['DoesNotExist', [], false],
  ])('a required node affinity binds: %s %j', (operator, values, isBound) => {
    const nodes = [node('a', { labels: { disk: 'fast' } }), node('b'), node('c')];
    const term = { matchExpressions: [{ key: 'disk', operator, values }] };
    const affinity = {
      nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
    };
    const drill = drillOf([deployment('cart', { replicas: 1, pod: { affinity } })], { nodes });
    expect(outcome(drill, 'node-lost').recovery.kind).toBe(isBound ? 'until' : 'within');
  });
});

describe('what a node can give', () => {
  const large = { cpu: '1500m', memory: '64Mi' };
  const fits = (changes: Parameters<typeof node>[1], cpu = '1500m') => {
    const nodes = ['a', 'b', 'c'].map((name) => node(name, changes));
    const drill = drillOf([deployment('cart', { replicas: 4, requests: { ...large, cpu } })], { nodes });
    return outcome(drill, 'node-lost').recovery.kind === 'within';
  };

  test('the replacements of a lost node fit on the others', () => {
    expect(fits({})).toBe(true);
  });

  test('what the system keeps is not given', () => {
    expect(fits({ reserved: { cpu: 1.5, memory: 0 } })).toBe(false);
  });

  test('memory counts as CPU does', () => {
    expect(fits({ capacity: { cpu: 4, memory: 2 ** 27 } })).toBe(false);
  });

  test("a DaemonSet's pods are on every node", () => {
    const daemon = object('apps/v1', 'DaemonSet', 'agent', {
      spec: {
        template: {
          metadata: { labels: { app: 'agent' } },
          spec: { containers: [{ name: 'agent', resources: { requests: { cpu: '1500m' } } }] },
        },
      },
    });
    const cart = deployment('cart', { replicas: 4, requests: large });
    expect(outcome(drillOf([cart]), 'node-lost', 'cart').recovery.kind).toBe('within');
    expect(outcome(drillOf([cart, daemon]), 'node-lost', 'cart').recovery.kind).toBe('until');
  });

  test('what others may take is taken, wherever it hurts', () => {
    const cart = deployment('cart', { requests: { cpu: '2', memory: '64Mi' }, replicas: 2 });
    const other = deployment('other', { requests: { cpu: '1', memory: '64Mi' }, replicas: 5 });
    expect(outcome(drillOf([cart]), 'node-lost', 'cart').recovery.kind).toBe('within');
    expect(outcome(drillOf([cart, other]), 'node-lost', 'cart').recovery.kind).toBe('until');
  });

  test.each([
    ['a lower priority makes way', { value: 10 }, 'within'],
    ['but not for what never preempts', { value: 10, preemptionPolicy: 'Never' }, 'until'],
    ['and an equal one does not', { value: 0 }, 'until'],
  ])('%s', (_, fields, expected) => {
    const pod = { priorityClassName: 'first' };
    const cart = deployment('cart', { requests: { cpu: '2', memory: '64Mi' }, replicas: 2, pod });
    const other = deployment('other', { requests: { cpu: '1', memory: '64Mi' }, replicas: 5 });
    const first = object('scheduling.k8s.io/v1', 'PriorityClass', 'first', fields);
    expect(outcome(drillOf([cart, other, first]), 'node-lost', 'cart').recovery.kind).toBe(expected);
  });

  test('preemption by a higher priority is unknown', () => {
    const pod = { priorityClassName: 'first' };
    const first = object('scheduling.k8s.io/v1', 'PriorityClass', 'first', { value: 10 });
    const cart = deployment('cart', { pod: spread('cart') });
    const other = (cpu: string) =>
      deployment('other', { requests: { cpu, memory: '64Mi' }, pod: { ...pod, ...spread('other') } });
    expect(outcome(drillOf([cart, other('3800m'), first]), 'node-lost', 'cart')).toMatchObject({
      ready: undefined,
      unknown: ['other with a higher priority may preempt the pods'],
    });
    expect(outcome(drillOf([cart, other('500m'), first]), 'node-lost', 'cart').ready).toBe(2);
    // Of the same priority it drives nobody out.
    expect(outcome(drillOf([cart, other('3800m')]), 'node-lost', 'cart').ready).toBe(2);
  });

  test('what is bound to one node may fill that one alone', () => {
    const names = ['a', 'b', 'c'];
    const nodes = names.map((name) => node(name, { labels: { role: name === 'a' ? 'store' : 'any' } }));
    const store = deployment('store', {
      replicas: 1,
      strategy: { type: 'Recreate' },
      requests: { cpu: '3500m', memory: '64Mi' },
      pod: { nodeSelector: { role: 'store' } },
    });
    const cart = (cpu: string) => deployment('cart', { replicas: 2, requests: { cpu, memory: '64Mi' } });
    const recovery = (cpu: string) =>
      outcome(drillOf([cart(cpu), store], { nodes }), 'node-lost', 'cart').recovery.kind;
    // With b lost, two of 2 cores each fit on c; two of 2500m don't, and a has no room beside the store.
    expect([recovery('2'), recovery('2500m')]).toEqual(['within', 'until']);
  });

  test('runs of a schedule that may overlap take what they find', () => {
    const schedule = (concurrencyPolicy: string) =>
      object('batch/v1', 'CronJob', 'sweep', {
        spec: {
          concurrencyPolicy,
          jobTemplate: {
            spec: {
              template: {
                metadata: { labels: { app: 'sweep' } },
                spec: { containers: [{ name: 'sweep', resources: { requests: { cpu: '100m' } } }] },
              },
            },
          },
        },
      });
    const cart = deployment('cart');
    const recovery = (policy: string) =>
      outcome(drillOf([cart, schedule(policy)]), 'node-lost', 'cart').recovery;
    expect([recovery('Forbid').kind, recovery('Allow').kind]).toEqual(['within', 'until']);
  });

  test('a container without a request counts with what the LimitRange gives it', () => {
    const limits = object('v1', 'LimitRange', 'limits', {
      spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '3' } }] },
    });
    const cart = deployment('cart', { requests: {}, replicas: 3 });
    expect(outcome(drillOf([cart]), 'node-lost').recovery.kind).toBe('within');
    expect(outcome(drillOf([cart, limits]), 'node-lost').recovery.kind).toBe('until');
  });

  test('an init container counts where it asks for more', () => {
    const initContainers = [{ name: 'fill', resources: { requests: { cpu: '3' } } }];
    expect(ofCart('node-lost', { pod: { initContainers } }).recovery.kind).toBe('until');
  });

  test('a sidecar counts for the init containers after it, and not for those before', () => {
    const fill = { name: 'fill', resources: { requests: { cpu: '2500m' } } };
    const proxy = { name: 'proxy', restartPolicy: 'Always', resources: { requests: { cpu: '2' } } };
    const ready = (...initContainers: Json[]) =>
      ofCart('rollout', { replicas: 1, pod: { initContainers } }).ready;
    expect([ready(fill, proxy), ready(proxy, fill)]).toEqual([1, 0]);
  });

  test.each(['node-lost', 'node-drained'] as const)('what never had room is not whole after a %s', (kind) => {
    expect(ofCart(kind, { requests: { cpu: '9' } })).toMatchObject({
      ready: 0,
      recovery: { kind: 'until', why: expect.stringContaining('a pod requests 9 CPU') },
    });
  });

  test('a workload without pods has no downtime', () => {
    const kinds = ['node-lost', 'node-drained', 'node-lost-in-rollout'] as const;
    for (const kind of kinds) expect(ofCart(kind, { replicas: 0 }).recovery).toEqual({ kind: 'no downtime' });
  });

  test('a quota refuses a replacement while the lost pod still counts', () => {
    const quota = (pods: string) => object('v1', 'ResourceQuota', 'quota', { spec: { hard: { pods } } });
    expect(ofCart('node-lost', { pod: spread('cart') }, quota('7')).recovery.kind).toBe('within');
    expect(ofCart('node-lost', { pod: spread('cart') }, quota('6'))).toMatchObject({
      recovery: { kind: 'until', why: 'a ResourceQuota may refuse the replacement' },
    });
  });
});
