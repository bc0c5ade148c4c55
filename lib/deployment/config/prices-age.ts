import { priceSource } from '../../terraform/hetzner/prices';

/** Hetzner changed its prices twice within this time in 2026. */
const oldAfterDays = 90;

/**
 * Warnings about a price table that no source has confirmed for long. Only the commands that print costs show them.
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
