import { alertRules } from '../../../lib/deployment/alerts/alert-rules';
import { alertsOf, unresolvedOf } from '../../../lib/deployment/alerts/rule';
import { watched } from './watched';

const alerts = alertsOf(alertRules(watched));

describe('every alert', () => {
  test.each(alerts.map((rule) => [rule.name, rule.emittedBy, rule] as const))(
    '%s of %s reads just the series that it names',
    (_, __, { expression, series }) => {
      const read = [...expression.matchAll(/(\w+)\{/g)].map(([, name]) => name);
      expect(new Set(read)).toEqual(new Set(series.map(({ name }) => name)));
    },
  );

  test('reads only what its own target of its own cluster emits', () => {
    for (const { expression, emittedBy } of alerts) {
      const selected = [...expression.matchAll(/\{[^}]*\}/g)].map(([selector]) => selector);
      expect(new Set(selected)).toEqual(new Set([`{cluster="shop",job="${emittedBy}"}`]));
    }
  });

  test('of a scraped target is guarded by one on its series, and none that is pushed is', () => {
    const guarded = alerts.filter(({ name }) => name === 'SeriesMissing').map(({ emittedBy }) => emittedBy);
    expect(new Set(guarded)).toEqual(new Set(['api', 'node', 'redis', 'traefik', 'worker']));
  });

  test('differs from every other by its name and labels', () => {
    const identities = alerts.map(({ name, emittedBy, labels }) => JSON.stringify([name, emittedBy, labels]));
    expect(new Set(identities).size).toBe(identities.length);
  });

  test('with an assumed series says how to verify it', () => {
    const assumed = alerts.flatMap(({ series }) => series).filter(({ standing }) => standing === 'assumed');
    expect(new Set(assumed.map(({ name, source }) => `${name}: ${source}`))).toEqual(
      new Set([
        "process_cpu_seconds_total: Go's Prometheus client emits it unless its process collector is left out; verify it on the metrics page of api",
      ]),
    );
  });
});

describe('an unknown fact', () => {
  const unresolved = { unresolved: 'curl the page' };

  test('keeps the latency of the API from being an alert', () => {
    const rules = alertRules({
      ...watched,
      services: watched.services.map((service) => ({ ...service, latencyHistogram: unresolved })),
    });
    expect(unresolvedOf(rules)).toEqual([
      {
        name: 'ApiLatencyHigh',
        summary: 'One request in a hundred takes longer than 500 ms.',
        unresolved: 'curl the page',
      },
    ]);
  });

  test('keeps the silence of the worker from being an alert', () => {
    const rules = alertRules({ ...watched, workers: [unresolved] });
    expect(unresolvedOf(rules).map(({ name }) => name)).toEqual(['WorkerSilent']);
    expect(alertsOf(rules).map(({ name }) => name)).not.toContain('WorkerSilent');
  });

  test('leaves nothing unresolved once it is known', () => {
    expect(unresolvedOf(alertRules(watched))).toEqual([]);
  });
});
