import { containerStart, probeBudget } from '../../../lib/kubernetes/rollout/container-start';

test('a container is given what its startup probe allows, and then what readiness takes at least', () => {
  const startupProbe = { initialDelaySeconds: 5, periodSeconds: 4, failureThreshold: 20, timeoutSeconds: 3 };
  const readinessProbe = { periodSeconds: 7, successThreshold: 2, timeoutSeconds: 2 };
  expect(containerStart({ name: 'api', startupProbe, readinessProbe })).toMatchObject({
    seconds: 5 + 4 * 20 + 3 + (7 * 2 + 2),
    bound: 'probes',
  });
});

test('what the probes leave out is as Kubernetes has it', () => {
  expect(containerStart({ name: 'api', startupProbe: {}, readinessProbe: {} })).toMatchObject({
    seconds: 10 * 3 + 1 + (10 + 1),
    bound: 'probes',
  });
});

test.each([
  ['longer than the start', 50, 50 - 31],
  ['shorter than the start', 20, 0],
])('a delay of readiness that is %s', (_, initialDelaySeconds, waited) => {
  expect(
    containerStart({ name: 'api', startupProbe: {}, readinessProbe: { initialDelaySeconds } }),
  ).toMatchObject({
    seconds: 31 + waited + 11,
    bound: 'probes',
  });
});

test('a start without a readiness probe ends with the startup probe', () => {
  expect(containerStart({ name: 'api', startupProbe: {} })).toMatchObject({ seconds: 31, bound: 'probes' });
});

test('without a startup probe nothing bounds it', () => {
  expect(containerStart({ name: 'api', readinessProbe: { initialDelaySeconds: 5 } })).toMatchObject({
    seconds: 5 + 11,
    bound: 'nothing',
  });
});

test('without any probe a container counts as ready at once', () => {
  expect(containerStart({ name: 'api' })).toMatchObject({ seconds: 0, bound: 'at once' });
});

test('the budget of a probe is its delay and every failure that it allows', () => {
  expect(probeBudget({ initialDelaySeconds: 5, periodSeconds: 4, failureThreshold: 20 })).toBe(5 + 4 * 20);
});
