import type { Consequence } from '../consequence';
import type { ResourceChanges } from './resources';

/** Zone settings whose values have an order, the least protection first, with the effect of less protection. */
const guarding: Readonly<Record<string, { readonly values: readonly string[]; readonly words: string }>> = {
  ssl: {
    values: ['off', 'flexible', 'full', 'strict'],
    words: 'Traffic between Cloudflare and the nodes can be intercepted or read',
  },
  min_tls_version: {
    values: ['1.0', '1.1', '1.2', '1.3'],
    words: 'Browsers may use insecure versions of TLS',
  },
  always_use_https: {
    values: ['off', 'on'],
    words: 'Requests without TLS are answered and can be intercepted',
  },
};

/** Zone settings that protect less than before. */
export function zoneSettings({ changed }: ResourceChanges): Consequence[] {
  return changed.flatMap(({ before, after }): Consequence[] => {
    const setting = guarding[String(after.body['setting_id'])];
    if (after.type !== 'cloudflare_zone_setting' || setting === undefined) return [];
    const [old, now] = [before, after].map(({ body }) => String(body['value']));
    const isLower = setting.values.indexOf(now ?? '') < setting.values.indexOf(old ?? '');
    if (!isLower) return [];
    const reason = `${old} -> ${now}. ${setting.words}.`;
    return [
      { class: 'exposed', side: 'terraform', object: after.address, field: 'value', reason, wayOut: '' },
    ];
  });
}
