import { join } from 'node:path';
import { run } from '../../support/command';
import { type Edit, edited, fixtures, root, withConfiguration } from '../../support/configuration';

const config = join(fixtures, 'production.yaml');

/** The costs of production after some edits, as JSON. */
function costs(...edits: Edit[]) {
  return withConfiguration(edited(edits), (path) =>
    JSON.parse(run('cost', '--format', 'json', '--config', path).stdout),
  );
}

const firstNode = '    hostname: ubuntu-8gb-nbg1-2\n';

describe('honeydue cost', () => {
  test('prints the sum, the items and the shares', () => {
    const { status, stdout } = run('cost', '--config', config);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^COSTS\n26\.97 EUR a month without VAT\.\n/);
    expect(stdout).toMatch(
      /^hcloud_server\.hetzner1 +8\.49 {2}server +cx33 in nbg1, price list of 2026-06-15$/m,
    );
    expect(stdout).toMatch(/^Sum of the known amounts +26\.97/m);
    expect(stdout).toMatch(/^api +34\.8 % +9\.39$/m);
    expect(stdout).toMatch(/^The redundancy of one node costs 8\.99 EUR of this sum /m);
    expect(stdout.replaceAll('\n', ' ')).toContain('The newest source is from 2026-');
  });

  test('a node costs what the price list of its order states', () => {
    expect(costs([firstNode, `${firstNode}    priceList: 2026-04-01\n`]).sum).toEqual({
      euros: expect.closeTo(24.97),
      unknown: [],
    });
  });

  test('names the services whose amount is not stated', () => {
    const { sum } = costs([
      'external:\n',
      'costs:\n  neon: { source: the invoice }\n  mail: { euros: 5, source: the invoice }\n\nexternal:\n',
    ]);
    expect(sum).toEqual({ euros: expect.closeTo(31.97), unknown: ['neon'] });
  });

  test('a single node is not redundant', () => {
    const { stdout } = run('cost', '--config', join(root, 'examples', 'smallest', 'production.yaml'));
    expect(stdout).toContain(
      'No node is redundant: the pods do not fit on the other nodes if one node is lost.',
    );
  });
});
