import { join } from 'node:path';
import { loadConfiguration } from '../../../lib/deployment/config/load';
import { pricesWarnings } from '../../../lib/deployment/config/prices-age';
import { fixtures } from '../../support/configuration';

const warned = (asOf: string) => pricesWarnings('2026-06-20', { source: 'a source', asOf });

test('prices that a source confirmed within 90 days are not warned of', () => {
  expect(warned('2026-03-22')).toEqual([]);
});

test('older prices are warned of, with what to do', () => {
  expect(warned('2026-03-21')).toEqual([
    'Hetzner\'s prices (imports/hetzner/prices.json) are 91 days old: their newest source is of 2026-03-21. Compare them with https://www.hetzner.com/cloud, and set "asOf" to that day.',
  ]);
});

test('the day enters with the configuration, and the warning is none of every command', () => {
  const load = (day: string) =>
    loadConfiguration(join(fixtures, 'production.yaml'), { day, allowExpired: true });
  const [early, late] = [load('2026-10-01'), load('2027-10-01')];
  expect([early.priceWarnings.length, late.priceWarnings.length]).toEqual([0, 1]);
  expect(late.warnings).not.toContain(late.priceWarnings[0]);
});
