import type { Container } from '../../../imports/kubernetes/kinds';
import { podStart } from '../../../lib/kubernetes/rollout/pod-start';

/** Allows 10 x 6 s and a timeout of 1 s. */
const startupProbe = { tcpSocket: { port: 80 }, periodSeconds: 10, failureThreshold: 6 };
const started = 10 * 6 + 1;
const sidecar = (name: string, probes: Partial<Container> = { startupProbe }): Container => ({
  ...{ name, restartPolicy: 'Always' },
  ...probes,
});

test('containers start together: the slowest decides', () => {
  const slow = { ...startupProbe, failureThreshold: 12 };
  const containers = [
    { name: 'web', startupProbe },
    { name: 'proxy', startupProbe: slow },
  ];
  expect(podStart({ containers })).toEqual({ seconds: 121, unbounded: [], isBlind: false });
});

test('a startup probe of a sidecar delays the main container, and adds to its start', () => {
  const containers = [{ name: 'web', startupProbe }];
  expect(podStart({ initContainers: [sidecar('proxy')], containers }).seconds).toBe(2 * started);
  const both = [sidecar('proxy'), sidecar('vault')];
  expect(podStart({ initContainers: both, containers }).seconds).toBe(3 * started);
});

test("a sidecar's readiness runs during the main container's start", () => {
  const readinessProbe = { periodSeconds: 200 };
  const initContainers = [sidecar('proxy', { startupProbe, readinessProbe })];
  expect(podStart({ initContainers, containers: [{ name: 'web', startupProbe }] }).seconds).toBe(
    started + 200 + 1,
  );
});

test('an init container that ends is not bounded, and delays what comes after it', () => {
  const initContainers = [{ name: 'migrate' }, sidecar('proxy')];
  expect(podStart({ initContainers, containers: [{ name: 'web', startupProbe }] })).toEqual({
    seconds: 2 * started,
    unbounded: [{ container: 'migrate', cause: 'init-container' }],
    isBlind: false,
  });
});

test('what no startup probe bounds is named', () => {
  const containers = [{ name: 'web', readinessProbe: {} }, { name: 'cron' }];
  expect(podStart({ containers }).unbounded).toEqual([
    { container: 'web', cause: 'no-startup-probe' },
    { container: 'cron', cause: 'no-probe' },
  ]);
});

test('a pod is blind only if none of its containers has a probe that says when it works', () => {
  const web = { name: 'web', readinessProbe: {} };
  expect(podStart({ containers: [{ name: 'cron' }] }).isBlind).toBe(true);
  expect(podStart({ containers: [{ name: 'cron' }, web] }).isBlind).toBe(false);
  expect(podStart({ initContainers: [sidecar('proxy')], containers: [{ name: 'cron' }] }).isBlind).toBe(
    false,
  );
});
