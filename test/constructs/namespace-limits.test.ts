import { NamespaceLimits } from '../../lib/constructs/namespace-limits';
import { at } from '../support/at';
import { objectsOf, ofKind } from '../support/chart';

const small = { cpu: { request: '50m', limit: '500m' }, memory: { request: '64Mi', limit: '256Mi' } };
const large = { cpu: { request: '0.1', limit: '1' }, memory: { request: '1Gi', limit: '2Gi' } };
const objects = objectsOf(
  (chart) =>
    new NamespaceLimits(chart, 'limits', {
      allowances: [
        { resources: small, pods: 3 },
        { resources: large, pods: 2 },
      ],
    }),
);

describe('NamespaceLimits', () => {
  test('has room for what is meant and nothing more', () => {
    expect(at(ofKind(objects, 'ResourceQuota'), 'spec.hard')).toEqual({
      pods: '5',
      'requests.cpu': '350m',
      'requests.memory': '2240Mi',
      'limits.cpu': '3500m',
      'limits.memory': '4864Mi',
    });
  });

  test('gives a container that states nothing a little', () => {
    expect(at(ofKind(objects, 'LimitRange'), 'spec.limits.0')).toEqual({
      type: 'Container',
      defaultRequest: { cpu: '50m', memory: '64Mi' },
      default: { cpu: '500m', memory: '256Mi' },
    });
  });

  test('refuses an allowance that would count as nothing', () => {
    const junk = { ...small, memory: { request: 'some', limit: '256Mi' } };
    const allowances = [
      { resources: small, pods: -1 },
      { resources: junk, pods: 1 },
    ];
    expect(() => objectsOf((chart) => new NamespaceLimits(chart, 'limits', { allowances }))).toThrow(
      /^shop\/limits\.allowances\.0\.pods is -1; .*\nshop\/limits\.allowances\.1\.resources\.memory\.request is "some"; /,
    );
  });
});
