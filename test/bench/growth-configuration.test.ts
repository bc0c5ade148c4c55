import { join } from 'node:path';
import { growthConfiguration } from '../../bench/growth-configuration';
import { type Synthesis, synthesize } from '../../lib/cli/synthesize';
import { root, withConfiguration } from '../support/configuration';

/** What the bench measures, two services large. */
const { deployment, lock } = growthConfiguration(root, 2);
const production = synthesize(join(root, 'config', 'production.yaml'));
const growth = withConfiguration(deployment, synthesize, lock);

/** The kinds of all objects that are called after a workload. */
function kindsOf({ documents }: Synthesis, workload: string): string[] {
  const named = new RegExp(`(^|-)${workload}(-|$)`);
  const objects = documents.map(({ object }) => object).filter(({ metadata }) => named.test(metadata.name));
  return objects.map(({ kind }) => kind).sort();
}

test('it breaks no rule, and each service has its file', () => {
  expect(growth.files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['3-service-0.k8s.yaml', '3-service-1.k8s.yaml']),
  );
});

test.each(['service-0', 'service-1'])('%s has all the objects that web has in production', (name) => {
  expect(kindsOf(growth, name)).toEqual(kindsOf(production, 'web'));
  expect(kindsOf(growth, name)).toContain('NetworkPolicy');
});
