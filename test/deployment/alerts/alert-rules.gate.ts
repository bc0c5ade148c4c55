import { available } from '../../support/programs';
import { expectations, summaries } from './expectations';
import { answers, lint, summaryIn, whatIsRead, whether } from './promtool';

(available('promtool') ? describe : describe.skip)('the printed rules, by promtool', () => {
  const [first] = expectations;
  const wrong = first === undefined ? [] : [{ ...first, firing: [] }];
  let answered: string[];

  beforeAll(() => {
    answered = answers([...[...expectations, ...wrong].map(whether), ...summaries.map(whatIsRead)]);
  });

  test('have nothing that it would warn of', () => {
    expect(lint()).toBe('');
  });

  test.each(
    expectations.map((each, index) => [each.alert, each.firing.length > 0, each.fact, index] as const),
  )('%s fires (%s) for %s', (_, __, ___, index) => {
    expect(answered[index]).toBe('');
  });

  test('would be found out if they did not', () => {
    expect(answered[expectations.length]).toContain('got: {__name__="ALERTS", alertname="TargetDown"');
  });

  test.each(summaries.map(({ alert, reads }, index) => [alert, reads, index] as const))(
    '%s tells: %s',
    (_, reads, index) => {
      expect(summaryIn(answered[expectations.length + wrong.length + index] ?? '')).toBe(reads);
    },
  );
});
