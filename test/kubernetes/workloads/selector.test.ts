import { describeSelector, isEmpty, matches } from '../../../lib/kubernetes/workloads/selector';

type Selector = Parameters<typeof matches>[0];

const expression = (operator: string, ...values: string[]): Selector => ({
  matchExpressions: [{ key: 'tier', operator, ...(values.length > 0 && { values }) }],
});

test.each<[string, Selector, Record<string, string>, boolean]>([
  ['nothing', {}, {}, true],
  ['a label', { matchLabels: { app: 'api' } }, { app: 'api', tier: 'web' }, true],
  ['a label of another value', { matchLabels: { app: 'api' } }, { app: 'web' }, false],
  ['two labels, of which one is there', { matchLabels: { app: 'api', tier: 'web' } }, { app: 'api' }, false],
  ['a name that JavaScript objects inherit', expression('Exists'), Object.create({ tier: 'web' }), false],
  ['Exists, and it does', expression('Exists'), { tier: '' }, true],
  ['Exists, and it does not', expression('Exists'), { app: 'api' }, false],
  ['DoesNotExist, and it does', expression('DoesNotExist'), { tier: 'web' }, false],
  ['DoesNotExist, and it does not', expression('DoesNotExist'), { app: 'api' }, true],
  ['In, and it is', expression('In', 'web', 'db'), { tier: 'db' }, true],
  ['In, and it is not', expression('In', 'web'), { tier: 'db' }, false],
  ['In, and there is none', expression('In', ''), {}, false],
  ['NotIn, and it is', expression('NotIn', 'web', 'db'), { tier: 'db' }, false],
  ['NotIn, and it is not', expression('NotIn', 'web'), { tier: 'db' }, true],
  ['NotIn, and there is none', expression('NotIn', 'web'), {}, true],
  ['an operator that there is none of', expression('Near', 'web'), { tier: 'db' }, false],
  [
    'a label and an expression',
    { matchLabels: { app: 'api' }, ...expression('Exists') },
    { app: 'api' },
    false,
  ],
])('a selector that asks for %s', (_, selector, labels, isMatched) => {
  expect(matches(selector, labels)).toBe(isMatched);
});

test.each<[string, Selector]>([
  ['everything', {}],
  ['everything', { matchLabels: {}, matchExpressions: [] }],
  ['app=api, tier=web', { matchLabels: { app: 'api', tier: 'web' } }],
  ['app=api, tier In (web, db)', { matchLabels: { app: 'api' }, ...expression('In', 'web', 'db') }],
  ['tier Exists', expression('Exists')],
])('a selector of %s is described so', (text, selector) => {
  expect(describeSelector(selector)).toBe(text);
  expect(isEmpty(selector)).toBe(text === 'everything');
});
