import { rules } from '../../lib/analysis/rules';
import { acceptanceText, findingsText, type LocatedFinding } from '../../lib/report/findings';

function finding(id: string, object: string): LocatedFinding {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return { rule, object, path: 'spec', message: 'is wrong', place: undefined, source: undefined };
}

const many = Array.from({ length: 20 }, (_, index) =>
  finding('pdb-limits', `PodDisruptionBudget shop/${index}`),
);
const other = finding('service-type', 'Service shop/cart');

describe('the findings', () => {
  test('of one rule do not hide those of another', () => {
    expect(findingsText([...many, other])).toContain('service-type: spec: is wrong');
  });

  test('of one rule are counted from the sixth on, if another rule has findings', () => {
    expect(findingsText([...many, other])).toMatch(/^and 15 more, which --verbose lists: 15 × pdb-limits$/m);
  });

  test('of a single rule are counted from the sixteenth on', () => {
    expect(findingsText(many)).toMatch(/^and 5 more, which --verbose lists: 5 × pdb-limits$/m);
  });
});

describe('the acceptance of a finding', () => {
  test('is an entry to paste', () => {
    expect(acceptanceText([other], 'shop.yaml, under acknowledgements')).toBe(
      [
        'To accept a finding, add an entry with your reason to shop.yaml, under acknowledgements:',
        '  - { rule: service-type, objects: ["Service shop/cart"], reason: "…" }\n',
      ].join('\n'),
    );
  });

  test('is not mentioned without findings', () => {
    expect(acceptanceText([], 'shop.yaml')).toBe('');
  });
});
