import { mostPods } from '../../../lib/deployment/model/pod-counts';
import { production, productionWith } from '../../support/production';

const counts = (synthesis: typeof production) =>
  Object.fromEntries(synthesis.model.workloads.map(([name, workload]) => [name, mostPods(workload)]));

describe('the most pods of a workload', () => {
  test('are the old ones in their grace, the new ones, and one of the surge', () => {
    expect(counts(production)).toMatchObject({ api: 7, admin: 3, web: 7 });
  });

  test('are two where one is drained while its replacement starts', () => {
    expect(counts(production)).toMatchObject({ worker: 2, redis: 2, migration: 2 });
  });

  test("follow the autoscaler's maximum", () => {
    expect(counts(productionWith(['      enabled: false', '      enabled: true']))).toMatchObject({
      api: 13,
    });
  });
});
