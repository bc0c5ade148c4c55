import type { CloudflareRanges } from '../schema/schema';

/** Cloudflare's list of ranges should be compared once a month. The warning allows a few days more. */
const oldAfterDays = 35;

/**
 * Warnings about a list that was not compared with Cloudflare's for more than a month. Not errors, because
 * the running firewalls contain the same list.
 *
 * @param today such as `2026-05-15`
 */
export function rangesWarnings({ checked, source }: CloudflareRanges, today: string): string[] {
  if (checked === null) return [];
  const days = Math.round((Date.parse(today) - Date.parse(checked)) / 86_400_000);
  if (days >= 0 && days <= oldAfterDays) return [];
  const when = days < 0 ? `on ${checked}, a date in the future` : `${days} days ago`;
  return [
    `cloudflare-ip-ranges.json was last compared with ${source} ${when}. If a range is missing, requests from it are refused. If Cloudflare no longer owns a range, others can connect from it. Compare the list again, and set "checked" to the date.`,
  ];
}
