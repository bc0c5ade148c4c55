import * as entry from '@honeydue/infrastructure';
import { findings } from '../../../examples/rule';
import { rules } from '../../../lib/analysis/rules';

const labels = { 'app.kubernetes.io/part-of': 'shop', 'app.kubernetes.io/managed-by': 'till' };
const shop = (name: string, data: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'shop', labels },
  data,
});

describe("the package's entry", () => {
  test('runs every rule, and a rule of another author', () => {
    expect(findings([shop('prices', { CURRENCY: 'GBP' }), shop('a_b', { CURRENCY: 'EUR' })])).toEqual([
      expect.stringMatching(/^object-names: ConfigMap shop\/a_b metadata\.name is "a_b"; it must be/),
      'priced-in-euro: ConfigMap shop/prices data.CURRENCY is "GBP"; it must be EUR',
    ]);
  });

  test('has nothing to say of what the rule does not apply to', () => {
    expect(findings([shop('names', { TITLE: 'Till' })])).toEqual([]);
  });

  test('has the rules in their three groups', () => {
    expect(entry.rules).toBe(rules);
    expect(Object.values(entry.rulesBySubject).flat()).toEqual(rules);
  });
});
