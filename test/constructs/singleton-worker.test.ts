import { deploymentReplicas } from '../../lib/analysis/rules/rollout/deployment-replicas';
import { run } from '../../lib/analysis/rules/run';
import { SingletonWorker, type SingletonWorkerProps } from '../../lib/constructs/singleton-worker';
import { at } from '../support/at';
import { objectsOf, ofKind } from '../support/chart';
import { podProps } from '../support/props';

const build = (more: Partial<SingletonWorkerProps> = {}) =>
  objectsOf((chart) => new SingletonWorker(chart, 'mailer', { ...podProps, ...more }));
const deployment = (more?: Partial<SingletonWorkerProps>) => ofKind(build(more), 'Deployment');

describe('SingletonWorker', () => {
  test('can not run twice', () => {
    // @ts-expect-error there is no such prop
    expect(at(deployment({ replicas: 2 }), 'spec.replicas')).toBe(1);
  });

  test('stops the old pod before it starts the new one', () => {
    expect(at(deployment(), 'spec.strategy')).toEqual({ type: 'Recreate' });
  });

  test('has no Service', () => {
    expect(build().map(({ kind }) => kind)).toEqual(['ServiceAccount', 'PodDisruptionBudget', 'Deployment']);
  });

  test('lets any node drain', () => {
    expect(at(ofKind(build(), 'PodDisruptionBudget'), 'spec.minAvailable')).toBe(0);
  });

  test('overlaps with its successor for no longer than its grace', () => {
    expect(at(deployment(), 'spec.template.spec.terminationGracePeriodSeconds')).toBe(30);
    expect(at(deployment({ graceSeconds: 10 }), 'spec.template.spec.terminationGracePeriodSeconds')).toBe(10);
  });

  test('carries an annotation that says why it must not be scaled', () => {
    const { annotations } = deployment({ reason: 'Two send every mail twice.' }).metadata;
    expect(annotations?.['kubernetes.io/description']).toBe(
      'Runs as a single pod; do not scale it. Two send every mail twice.',
    );
  });

  test('acknowledges by its reason that it runs once', () => {
    const of = (more?: Partial<SingletonWorkerProps>) => {
      const { open, acknowledged } = run(build(more), [deploymentReplicas]);
      return { open: open.length, reasons: acknowledged.map(({ reason }) => reason) };
    };
    expect(of()).toEqual({ open: 1, reasons: [] });
    expect(of({ reason: 'Two send every mail twice.' })).toEqual({
      open: 0,
      reasons: ['Two send every mail twice.'],
    });
  });

  test('is not replaced early when its node is lost: the node may come back', () => {
    expect(at(deployment(), 'spec.template.spec')).not.toHaveProperty('tolerations');
  });

  test.each([-1, 0.5])('refuses a grace of %d seconds', (graceSeconds) => {
    expect(() => build({ graceSeconds })).toThrow(
      `shop/mailer.graceSeconds is ${graceSeconds}; it must be an integer from 0 to 86400 seconds`,
    );
  });

  test('refuses root', () => {
    expect(() => build({ user: 0 })).toThrow('shop/mailer.user is 0; it must be an integer from 1');
  });

  test('refuses a name that no object can have', () => {
    expect(() => build({ name: 'mailer_' })).toThrow('shop/mailer.name is "mailer_"; it must be a DNS label');
  });
});
