import { check, type KubernetesObject, objectsOf, rule, rules } from '@honeydue/infrastructure';

const pricedInEuro = rule({
  id: 'priced-in-euro',
  sentence: 'Every shop states its prices in euro.',
  why: 'The till counts in cents of it.',
  source: 'ours',
  severity: 'high',
  fix: 'Write CURRENCY: EUR.',
  parts: objectsOf('ConfigMap'),
  faults: ({ data: { CURRENCY: currency } = {} }) =>
    currency === undefined ? undefined : [currency !== 'EUR' && { path: 'data.CURRENCY', must: 'be EUR' }],
});

/** What is wrong with manifests, worst first, by every rule of the package and one more. */
export function findings(objects: readonly KubernetesObject[]): string[] {
  const { open } = check(objects, {
    rules: [...rules, pricedInEuro],
    acknowledgements: [
      {
        rule: 'unused-configmap-keys',
        objects: ['ConfigMap shop/*'],
        reason: 'The till asks the API server.',
      },
    ],
  });
  return open.map(({ rule: { id }, object, path, message }) => `${id}: ${object} ${path} ${message}`);
}
