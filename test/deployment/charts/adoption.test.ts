import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { immutableFields } from '../../../lib/analysis/rules/rollout/immutable-fields';
import { run } from '../../../lib/analysis/rules/run';
import { at } from '../../support/at';
import { root } from '../../support/configuration';
import { live } from '../../support/live';
import { find, podSpec } from '../../support/production';

const running = parse(readFileSync(join(root, 'test', 'fixtures', 'live-objects.yaml'), 'utf8')) as Record<
  string,
  Record<string, object>
>;

const objects = Object.entries(running).flatMap(([kind, byName]) =>
  Object.entries(byName).map(([name, fields]) => ({ kind, name, fields })),
);

describe('dist/ applies over what runs', () => {
  test('by the rule that holds every synth against the one before', () => {
    const previous = objects.map(({ kind, name, fields }) => ({
      apiVersion: find(live, kind, name).apiVersion,
      kind,
      metadata: { name, namespace: 'honeydue' },
      ...fields,
    }));
    const synthesized = live.documents.map(({ object }) => object);
    const { open, idle } = run(synthesized, [immutableFields], { facts: { previous } });
    expect([open, idle]).toEqual([[], []]);
  });

  test.each(objects)('$kind $name keeps its immutable fields', ({ kind, name, fields }) => {
    const synthesized = find(live, kind, name);
    expect(synthesized.metadata.namespace).toBe('honeydue');
    for (const field of Object.keys(at(fields, 'spec') as object)) {
      expect([field, at(synthesized, `spec.${field}`)]).toEqual([field, at(fields, `spec.${field}`)]);
    }
  });

  test.each(Object.keys(running['Deployment'] ?? {}))(
    "%s's pods carry what its selector asks for",
    (name) => {
      const template = at(find(live, 'Deployment', name), 'spec.template.metadata.labels');
      expect(template).toMatchObject({ 'app.kubernetes.io/name': name });
    },
  );

  test("no Service asks for a cluster IP, so the live one's stays", () => {
    const services = Object.keys(running['Service'] ?? {}).map((name) => find(live, 'Service', name));
    expect(services.map((service) => at(service, 'spec.clusterIP'))).toEqual(services.map(() => undefined));
  });

  test("Redis's volume is mounted where the live server has its directory", () => {
    expect(at(podSpec(live, 'redis'), 'volumes')).toContainEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'redis-data' },
    });
  });
});
