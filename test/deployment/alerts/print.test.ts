import { parse } from 'yaml';
import { printRules } from '../../../lib/deployment/alerts/print';
import type { AlertRule, UnresolvedRule } from '../../../lib/deployment/alerts/rule';

const alert: AlertRule = {
  name: 'CartDown',
  expression: 'cart_up{cluster="shop",job="cart"} == 0',
  for: '5m',
  severity: 'critical',
  summary: 'The cart is gone: {{ $value }}.',
  action: 'Look for it.',
  emittedBy: 'cart',
  series: [{ name: 'cart_up', standing: 'documented', source: 'here' }],
};
const wanted: UnresolvedRule = {
  name: 'CartSilent',
  summary: 'The cart says nothing.',
  unresolved: 'ask it',
};

describe('printRules', () => {
  test('prints a rule file', () => {
    expect(printRules('shop', [alert])).toBe(`groups:
  - name: shop
    rules:
      - alert: CartDown
        expr: cart_up{cluster="shop",job="cart"} == 0
        for: 5m
        labels:
          job: cart
          severity: critical
        annotations:
          summary: "The cart is gone: {{ $value }}."
          action: Look for it.
`);
  });

  test('lists what is unresolved on top, and makes no rule of it', () => {
    expect(printRules('shop', [wanted], ['Made by hand.'])).toBe(`# Made by hand.
#
# UNRESOLVED: these alerts can't fire until the name of their metric is known.
#   CartSilent: The cart says nothing.
#     ask it
groups:
  - name: shop
    rules: []
`);
  });

  test('lets no text out of its comment', () => {
    const nasty = { ...wanted, unresolved: 'ask\ngroups: []\u2028it' };
    expect(parse(printRules('shop', [nasty, alert])).groups).toHaveLength(1);
  });

  test('keeps the labels of a rule with its own', () => {
    const text = printRules('shop', [{ ...alert, labels: { series: 'cart_up' } }]);
    expect(parse(text).groups[0].rules[0].labels).toEqual({
      job: 'cart',
      severity: 'critical',
      series: 'cart_up',
    });
  });

  test('keeps long texts on one line, whatever their length', () => {
    const long = { ...alert, action: 'word '.repeat(100).trim() };
    expect(parse(printRules('shop', [long])).groups[0].rules[0].annotations.action).toBe(long.action);
  });
});
