import { didYouMean, nearest } from '../../lib/documents/nearest';

describe('the name that was meant', () => {
  test.each([
    ['replicsa', ['replicas', 'resources'], 'replicas'],
    ['Replicas', ['replicas'], 'replicas'],
    ['nmae', ['image', 'name'], 'name'],
    ['honeydue-apns', ['honeydue-secrets', 'honeydue-apns-key'], 'honeydue-apns-key'],
  ])('by %j is the nearest', (name, names, meant) => {
    expect(nearest(name, names)).toBe(meant);
  });

  test.each([
    ['resourcesOfAll', ['resources']],
    ['redis', ['worker', 'admin']],
    ['x', []],
  ])('by %j is none where all are far', (name, names) => {
    expect([nearest(name, names), didYouMean(name, names)]).toEqual([undefined, '']);
  });

  test('ends a sentence', () => {
    expect(didYouMean('weeb', ['web'])).toBe('; did you mean "web"?');
  });
});
