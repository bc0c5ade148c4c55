import { run } from '../../../lib/analysis/rules/run';
import { alertsOf, unresolvedOf } from '../../../lib/deployment/alerts/rule';
import { alertsRule, deploymentAlerts } from '../../../lib/deployment/checks/alerts';
import { production } from '../../support/production';

const alerts = deploymentAlerts(production.model);
const rules = production.files.find(({ path }) => path === 'prometheus/honeydue.rules.yaml');

describe('the alerts of a deployment', () => {
  test('are of targets that are declared', () => {
    expect(alerts.problems).toEqual([]);
  });

  test.each([
    'ApiCpuHigh',
    'RedisMemoryHigh',
    'TargetDown',
    'TargetMissing',
    'CertificateExpiresSoon',
    'BackupTooOld',
    'NodeRebootPending',
    'NodeClockNotSynchronized',
  ])('notice what %s is about', (name) => {
    expect(alertsOf(alerts.rules).map((rule) => rule.name)).toContain(name);
  });

  test('leave unresolved a series without emitter or with an unknown name', () => {
    expect(unresolvedOf(alerts.rules).map(({ name }) => name)).toEqual(['ApiLatencyHigh', 'WorkerSilent']);
  });

  test('come out in a directory that `kubectl apply -f dist/` does not read', () => {
    expect(rules?.text).toContain('groups:\n  - name: honeydue\n');
  });

  test('are none where nothing is watched', () => {
    const { metrics: _, ...unwatched } = production.model;
    expect(deploymentAlerts({ ...unwatched, metrics: undefined }).rules).toEqual([]);
  });

  test('are reported when the target that they read is gone', () => {
    const workloads = production.model.workloads.filter(([name]) => name !== 'redis-exporter');
    const objects = production.documents.map(({ object }) => object);
    const { open } = run(objects, [alertsRule(deploymentAlerts({ ...production.model, workloads }))]);
    expect(open.map(({ message }) => message)).toContainEqual(
      'the alert RedisDown reads redis_up of the target "redis-exporter", which is not declared ' +
        '(the targets are "api", "traefik", "node", "postgres-backup"), so it can never fire. Declare the target, or remove the alert',
    );
  });

  test('are reported for no other reason', () => {
    expect(
      run(
        production.documents.map(({ object }) => object),
        [alertsRule(alerts)],
      ).open,
    ).toEqual([]);
  });
});
