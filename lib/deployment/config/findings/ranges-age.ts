import type { CloudflareRanges } from '../schema/schema';

/** A month between two looks at the list, and a few days more. */
const oldAfterDays = 35;

/**
 * A sentence each of what is to be said of a list that nobody has compared for a while: a range that is missing turns its users away, and one
 * that Cloudflare gave up may be anybody's. It is no error, since the list that runs is the same one.
 *
 * @param today such as `2026-05-15`
 */
export function rangesWarnings({ checked, source }: CloudflareRanges, today: string): string[] {
  if (checked === null) return [];
  const days = Math.round((Date.parse(today) - Date.parse(checked)) / 86_400_000);
  if (days >= 0 && days <= oldAfterDays) return [];
  const when = days < 0 ? `on ${checked}, which is still to come` : `${days} days ago`;
  return [
    `cloudflare-ip-ranges.json was compared with ${source} ${when}. A range that is missing there turns its users away, and one that is no longer Cloudflare's lets strangers in: compare the list again, and state the day as "checked".`,
  ];
}
