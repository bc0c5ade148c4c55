import { allocatable, howManyFit, isWithin, times } from '../../../lib/kubernetes/scheduling/node';

const gibibyte = 2 ** 30;
const threshold = 100 * 2 ** 20;

test('pods may request what the kubelet does not reserve or keep free', () => {
  const capacity = { cpu: 4, memory: 8 * gibibyte };
  expect(allocatable({ capacity, reserved: { cpu: 0.5, memory: gibibyte } })).toEqual({
    cpu: 3.5,
    memory: 7 * gibibyte - threshold,
  });
});

test('a node without enough for its reserve has nothing', () => {
  expect(allocatable({ capacity: { cpu: 1, memory: 1 }, reserved: { cpu: 2, memory: 0 } })).toEqual({
    cpu: 0,
    memory: 0,
  });
});

test.each([
  [{ cpu: 1, memory: 1 }, 3],
  [{ cpu: 0.1, memory: 4 }, 2],
  [{ cpu: 0, memory: 0 }, 110],
  [{ cpu: 4, memory: 1 }, 0],
])('of %j %i fit', (requests, count) => {
  expect(howManyFit(requests, { cpu: 3, memory: 8 })).toBe(count);
});

test('fractions add up', () => {
  expect(isWithin(times({ cpu: 0.1, memory: 0 }, 3), { cpu: 0.3, memory: 0 })).toBe(true);
});
