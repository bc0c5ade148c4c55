import type { Consequence } from '../../lib/analysis/impact/consequence';
import { impactText, type ReportedImpact } from '../../lib/report/impact';
import { impactMarkdown } from '../../lib/report/impact-markdown';

function consequence(more: Partial<Consequence> = {}): Consequence {
  return {
    ...{ class: 'restarts', side: 'kubernetes', object: 'Deployment shop/cart' },
    ...{ field: 'spec.template', reason: 'The image. 3 pods, one at a time.', wayOut: '', ...more },
  };
}

function reported(consequences: readonly Consequence[], more: Partial<ReportedImpact> = {}): ReportedImpact {
  return {
    base: 'main',
    head: 'here',
    consequences,
    sameInOtherBytes: [],
    notAsked: [],
    open: [],
    unused: [],
    ...more,
  };
}

const many = Array.from({ length: 40 }, (_, index) =>
  consequence({ object: `Deployment shop/cart-${index}` }),
);

const inPlace = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    consequence({ class: 'in place', object: `Deployment shop/cart-${index}` }),
  );

describe('an impact as text', () => {
  test('lists up to ten in-place changes', () => {
    expect(impactText(reported(inPlace(10)))).toMatch(/^in place \(10\)\n {2}Deployment shop\/cart-0 /m);
  });

  test('counts more in-place changes', () => {
    const text = impactText(reported(inPlace(11)));
    expect(text).toContain('11 in-place changes: --verbose lists them.');
    expect(text).not.toContain('Deployment shop');
  });

  test('lists all in-place changes on demand', () => {
    expect(impactText(reported(inPlace(11)), { all: true })).toContain('in place (11)');
  });

  test('keeps to the width of the terminal', () => {
    const long = consequence({ reason: 'word '.repeat(200).trim() });
    const lines = impactText(reported([long]), { width: 60 }).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('has colours where the terminal has', () => {
    expect(impactText(reported([consequence()]), { colour: true })).toContain('\u001b[');
  });

  test('has none elsewhere', () => {
    expect(impactText(reported([consequence()]))).not.toContain('\u001b[');
  });
});

describe('an impact counts in singular and plural', () => {
  const headline = (...consequences: Consequence[]) => impactText(reported(consequences)).split('\n')[0];

  test('one restart', () => {
    expect(headline(consequence())).toBe('main -> here: 1 restarts.');
  });

  test('several restarts and failures', () => {
    const fails = consequence({ class: 'fails' });
    expect(headline(fails, fails, consequence(), consequence())).toBe('main -> here: 2 fail, 2 restart.');
  });
});

describe('an impact as a comment', () => {
  test('shows ten lines, and folds the rest', () => {
    const [visible = ''] = impactMarkdown(reported(many)).split('<details>');
    expect(visible.match(/^- \*\*/gm)).toHaveLength(10);
    expect(visible).toContain('- and 30 more, below');
  });

  test('lists up to ten in-place changes', () => {
    const [visible = ''] = impactMarkdown(reported(inPlace(10))).split('<details>');
    expect(visible.match(/^- \*\*in place/gm)).toHaveLength(10);
  });

  test('folds more in-place changes', () => {
    const [visible = '', folded = ''] = impactMarkdown(reported(inPlace(11))).split('<details>');
    expect(visible).toContain('No object restarts, and no connection or data is affected.');
    expect(folded).toContain('11 in place');
  });

  test('leaves no HTML and no mention of what it quotes', () => {
    const text = impactMarkdown(reported([consequence({ reason: '<img src=x> @team *now* `rm`.' })]));
    expect(text).toContain('&lt;img src=x> \\@team \\*now\\* \\`rm\\`.');
  });

  test('stays short enough for a forge, however many must be acknowledged', () => {
    const open = Array.from({ length: 2000 }, (_, index) =>
      consequence({ class: 'lost', object: `Secret shop/${'a'.repeat(40)}-${index}` }),
    );
    const text = impactMarkdown(reported(open, { open }));
    expect(text.length).toBeLessThan(60_000);
    expect(text).toContain('and 1900 more: npx honeydue impact lists them');
  });

  test('does not end the block of what must be acknowledged early', () => {
    const open = [consequence({ class: 'lost', object: 'Secret shop/x\n```\n@team' })];
    expect(impactMarkdown(reported(open, { open }))).toContain(
      "Acknowledge-Impact: lost:Secret shop/x'@team\n```",
    );
  });

  test('does not end a folded part early', () => {
    const text = impactMarkdown(reported([consequence({ object: 'x</details>`y' })]));
    expect(text).toContain("`x</details>'y`");
  });

  test('says by which lines of a commit message what is lost is acknowledged', () => {
    const lost = consequence({ class: 'lost' });
    expect(impactMarkdown(reported([lost], { open: [lost] }))).toContain(
      '```\nAcknowledge-Impact: lost:Deployment shop/cart\n```',
    );
  });

  test('says what was acknowledged and met nothing', () => {
    expect(impactMarkdown(reported([], { unused: ['lost:Service shop/cart'] }))).toContain(
      'Acknowledgement without a matching consequence of this change: `lost:Service shop/cart`. Remove this acknowledgement.',
    );
  });

  test('stays below what a comment may have', () => {
    const huge = Array.from({ length: 3000 }, (_, index) =>
      consequence({ object: `Deployment shop/c-${index}` }),
    );
    expect(impactMarkdown(reported(huge)).length).toBeLessThan(65_536);
  });
});
