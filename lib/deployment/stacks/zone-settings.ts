import { BotManagement } from '@cdktf/provider-cloudflare/lib/bot-management';
import { ZoneSetting, type ZoneSettingConfig } from '@cdktf/provider-cloudflare/lib/zone-setting';
import { Construct } from 'constructs';
import type { Zone } from './zone';

export interface ZoneSettingsProps {
  readonly zone: Zone;
  readonly hsts: {
    readonly maxAgeSeconds: number;
    /** Every name below the zone, also those of others. @default only the hosts that answer */
    readonly includeSubdomains?: boolean;
    /** Into the browsers themselves, from where it takes months to get out again. @default not */
    readonly preload?: boolean;
  };
  /** Every zone has these settings: their ids are the zone's own. */
  readonly adopt: boolean;
}

/** How browsers speak with Cloudflare, and Cloudflare with the nodes. They hold for the whole zone. */
export class ZoneSettings extends Construct {
  constructor(scope: Construct, { zone, hsts, adopt }: ZoneSettingsProps) {
    super(scope, 'settings');
    const settings = {
      // The nodes' certificate is checked: without it, or with one that doesn't cover the host, users see 526.
      ssl: 'strict',
      min_tls_version: '1.2',
      always_use_https: 'on',
      security_header: {
        strict_transport_security: {
          enabled: true,
          max_age: hsts.maxAgeSeconds,
          include_subdomains: hsts.includeSubdomains ?? false,
          preload: hsts.preload ?? false,
          // Traefik's middleware says it already.
          nosniff: false,
        },
      },
    };
    for (const [settingId, value] of Object.entries(settings)) {
      const setting = new ZoneSetting(this, `cloudflare_zone_setting.${settingId}`, {
        zoneId: zone.zoneId,
        settingId,
        // The provider takes any value; its generated type knows only maps.
        value: value as ZoneSettingConfig['value'],
      });
      if (adopt) setting.importFrom(`${zone.statedId}/${settingId}`);
    }
    // The mobile app and web's server are no browsers: they would not pass its challenge, and no rule can exempt them.
    const bots = new BotManagement(this, 'cloudflare_bot_management.zone', {
      zoneId: zone.zoneId,
      fightMode: false,
    });
    if (adopt) bots.importFrom(zone.statedId);
  }
}
