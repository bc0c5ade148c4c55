import { alertsOf, unresolvedOf } from '../../lib/alerts/rule';
import { deploymentAlerts } from '../../lib/cli/alerts';
import { CheckError, synthesize } from '../../lib/cli/synthesize';
import { edited, editedLock, withConfiguration } from '../support/configuration';
import { production } from '../support/production';

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
  ])('notice what %s is about', (name) => {
    expect(alertsOf(alerts.rules).map((rule) => rule.name)).toContain(name);
  });

  test('leave unresolved what nobody emits, or nobody knows the name of', () => {
    expect(unresolvedOf(alerts.rules).map(({ name }) => name)).toEqual(['ApiLatencyHigh', 'WorkerSilent']);
  });

  test('come out in a directory that `kubectl apply -f dist/` does not read', () => {
    expect(rules?.text).toContain('groups:\n  - name: honeydue\n');
  });

  test('are none where nothing is watched', () => {
    const { metrics: _, ...unwatched } = production.model;
    expect(deploymentAlerts({ ...unwatched, metrics: undefined }).rules).toEqual([]);
  });

  test('fail the synth when a target that they read is gone', () => {
    const text = edited([])
      .replace(/\n {2}redis-exporter: #(?:.|\n)*?\n {2}# The backup/, '\n  # The backup')
      .replace(/\n {2}redis-exporter: # ours: the roadmap(?:.|\n)*?\n\n/, '\n');
    const without = () =>
      withConfiguration(text, synthesize, editedLock([]).replace(/redis-exporter:\n.*\n.*\n/, ''));
    expect(without).toThrow(CheckError);
    expect(without).toThrow(
      'the alert RedisDown reads redis_up of the target "redis-exporter", which isn\'t declared ' +
        '(declared are "api", "traefik", "postgres-backup"), so it could never fire. Declare the target',
    );
  });
});
