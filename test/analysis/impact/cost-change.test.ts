import { impact } from '../../../lib/analysis/impact/impact';
import type { Json } from '../../../lib/documents/kubernetes';
import type { Output } from '../../../lib/documents/output';
import { readConfiguration } from '../../../lib/documents/terraform';
import { defaultTopology } from '../../../lib/kubernetes/k3s-network';
import { impactJson, impactText, type ReportedImpact } from '../../../lib/report/impact';
import { impactMarkdown } from '../../../lib/report/impact-markdown';

const body = {
  image: 'ubuntu-24.04',
  server_type: 'cx33',
  location: 'nbg1',
  public_net: [{ ipv4_enabled: false }],
};

/** An output with these servers. */
function outputOf(servers: Record<string, Json>, others: Record<string, Json> = {}): Output {
  const configuration = readConfiguration({ resource: { hcloud_server: servers, ...others } });
  return { objects: [], stacks: [{ file: 'cdk.tf.json', configuration }], rules: [], texts: new Map() };
}

/** The euros before and after; undefined if the cost stays the same. */
function costs(base: Output, head: Output, priceLists: Record<string, string> = {}) {
  const { cost } = impact(base, head, defaultTopology, { priceLists });
  return cost && [cost.before.euros, cost.after.euros];
}

const old = { a: '2026-04-01' };
const one = outputOf({ a: body });

describe('the cost of a change', () => {
  test('of an added server is the price of a new order', () => {
    expect(costs(one, outputOf({ a: body, b: body }), old)).toEqual([6.49, 14.98]);
  });

  test('of a removed server is what it cost', () => {
    expect(costs(outputOf({ a: body, b: body }), one, { ...old, b: '2026-04-01' })).toEqual([12.98, 6.49]);
  });

  test('of a rescale is the price of a new order, also if the server was ordered by an older list', () => {
    expect(costs(one, outputOf({ a: { ...body, server_type: 'cx43' } }), old)).toEqual([6.49, 15.99]);
  });

  test('of a replacement by the same type is the price of a new order', () => {
    expect(costs(one, outputOf({ a: { ...body, image: 'debian-13' } }), old)).toEqual([6.49, 8.49]);
  });

  test('of another change is nothing', () => {
    expect(costs(one, outputOf({ a: { ...body, labels: { stage: 'production' } } }), old)).toBeUndefined();
  });

  test('of a volume is that of its size', () => {
    expect(costs(one, outputOf({ a: body }, { hcloud_volume: { data: { size: 10 } } }))).toEqual([
      8.49,
      expect.closeTo(9.062),
    ]);
  });

  test('is unknown without a Terraform stack', () => {
    expect(costs({ ...one, stacks: [] }, one)).toBeUndefined();
  });
});

describe('a report of an impact', () => {
  const found = impact(one, outputOf({ a: { ...body, server_type: 'ccx13' } }), defaultTopology);
  const reported: ReportedImpact = {
    ...found,
    ...{ base: 'main', head: 'config', open: [], unused: [], priceWarnings: ['The prices are old.'] },
  };
  const words = 'Cost at Hetzner: 8.49 EUR a month without VAT -> 0.00 EUR a month without VAT; unknown: ';

  test('names the cost before and after, what is unknown, and old prices', () => {
    const text = impactText(reported, { width: 200 });
    expect(text).toContain(`${words}hcloud_server.a. `);
    expect(text).toContain('The prices are old.\n');
  });

  test('names them in Markdown', () => {
    expect(impactMarkdown(reported)).toContain(words);
  });

  test('has them as data', () => {
    expect(impactJson(reported).cost).toEqual({
      before: { euros: 8.49, unknown: [] },
      after: { euros: 0, unknown: ['hcloud_server.a'] },
    });
  });

  test('says nothing of a cost that stays the same', () => {
    const same = { ...reported, ...impact(one, one, defaultTopology) };
    expect(impactText(same)).not.toContain('Cost');
    expect(impactJson(same).cost).toBeNull();
  });
});
