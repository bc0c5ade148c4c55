import { priceSource } from '../../terraform/hetzner/prices';

/** Older prices may be wrong: in 2026 Hetzner changed its prices twice within this number of days. */
const oldAfterDays = 90;

/**
 * Warns if the prices were last confirmed more than 90 days ago. Only commands that print costs show the
 * warning.
 *
 * @param today such as `2026-05-15`
 */
export function pricesWarnings(today: string, { asOf } = priceSource): string[] {
  const days = Math.round((Date.parse(today) - Date.parse(asOf)) / 86_400_000);
  if (days <= oldAfterDays) return [];
  return [
    `Hetzner's prices (imports/hetzner/prices.json) are ${days} days old: their newest source is of ${asOf}. Compare them with https://www.hetzner.com/cloud, and set "asOf" to that day.`,
  ];
}
