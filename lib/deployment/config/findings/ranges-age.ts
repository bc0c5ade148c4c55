import type { CloudflareRanges } from '../schema/schema';

/** One month between comparisons of the list, and a few days more. */
const oldAfterDays = 35;

/**
 * Warnings about a list that was not compared for more than a month. They are not errors, because the running
 * firewalls have the same list.
 *
 * @param today such as `2026-05-15`
 */
export function rangesWarnings({ checked, source }: CloudflareRanges, today: string): string[] {
  if (checked === null) return [];
  const days = Math.round((Date.parse(today) - Date.parse(checked)) / 86_400_000);
  if (days >= 0 && days <= oldAfterDays) return [];
  const when = days < 0 ? `on ${checked}, a date in the future` : `${days} days ago`;
  return [
    `cloudflare-ip-ranges.json was compared with ${source} ${when}. Requests from a missing range are refused, and a range that Cloudflare no longer owns admits other clients. Compare the list again, and set "checked" to the date.`,
  ];
}
