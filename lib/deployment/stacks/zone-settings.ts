import { BotManagement } from '@cdktf/provider-cloudflare/lib/bot-management';
import { ZoneSetting, type ZoneSettingConfig } from '@cdktf/provider-cloudflare/lib/zone-setting';
import { Construct } from 'constructs';
import type { Zone } from './zone';

export interface ZoneSettingsProps {
  readonly zone: Zone;
  readonly hsts: {
    readonly maxAgeSeconds: number;
    /**
     * Includes all names below the zone, also those that other systems serve. @default only the hosts of the
     * workloads
     */
    readonly includeSubdomains?: boolean;
    /** Adds the zone to the browsers' preload list; a removal takes months. @default false */
    readonly preload?: boolean;
  };
  /** Every zone has these settings, so they are imported by the zone's id. */
  readonly adopt: boolean;
}

/** The TLS settings between browsers, Cloudflare and the nodes, for the whole zone. */
export class ZoneSettings extends Construct {
  constructor(scope: Construct, { zone, hsts, adopt }: ZoneSettingsProps) {
    super(scope, 'settings');
    const settings = {
      // Cloudflare verifies the nodes' certificate. If it is missing or doesn't cover the host, users see
      // error 526.
      ssl: 'strict',
      min_tls_version: '1.2',
      always_use_https: 'on',
      security_header: {
        strict_transport_security: {
          enabled: true,
          max_age: hsts.maxAgeSeconds,
          include_subdomains: hsts.includeSubdomains ?? false,
          preload: hsts.preload ?? false,
          // Traefik's middleware sets this header already.
          nosniff: false,
        },
      },
    };
    for (const [settingId, value] of Object.entries(settings)) {
      const setting = new ZoneSetting(this, `cloudflare_zone_setting.${settingId}`, {
        zoneId: zone.zoneId,
        settingId,
        // The provider accepts any value; its generated type allows only maps.
        value: value as ZoneSettingConfig['value'],
      });
      if (adopt) setting.importFrom(`${zone.statedId}/${settingId}`);
    }
    // The mobile app and web's server can't pass a browser challenge, and no rule can exempt them.
    const bots = new BotManagement(this, 'cloudflare_bot_management.zone', {
      zoneId: zone.zoneId,
      fightMode: false,
    });
    if (adopt) bots.importFrom(zone.statedId);
  }
}
