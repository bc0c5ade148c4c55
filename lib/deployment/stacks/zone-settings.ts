import { BotManagement } from '@cdktf/provider-cloudflare/lib/bot-management';
import { ZoneSetting, type ZoneSettingConfig } from '@cdktf/provider-cloudflare/lib/zone-setting';
import { Construct } from 'constructs';
import type { Zone } from './zone';

export interface ZoneSettingsProps {
  readonly zone: Zone;
  readonly hsts: {
    readonly maxAgeSeconds: number;
    /**
     * Applies HSTS to all names below the zone, including names that other systems serve. @default only the
     * hosts of the workloads
     */
    readonly includeSubdomains?: boolean;
    /**
     * Adds the zone to the browsers' HSTS preload list. A removal from the list takes months. @default false
     */
    readonly preload?: boolean;
  };
  /** Whether to import the existing settings. Every zone has them, so they have no id of their own. */
  readonly adopt: boolean;
}

/** The TLS settings of the whole zone, for browsers, Cloudflare and the nodes. */
export class ZoneSettings extends Construct {
  constructor(scope: Construct, { zone, hsts, adopt }: ZoneSettingsProps) {
    super(scope, 'settings');
    const settings = {
      // In strict mode, Cloudflare verifies the nodes' certificate. If the certificate is missing or doesn't
      // cover the host, users see error 526.
      ssl: 'strict',
      min_tls_version: '1.2',
      always_use_https: 'on',
      security_header: {
        strict_transport_security: {
          enabled: true,
          max_age: hsts.maxAgeSeconds,
          include_subdomains: hsts.includeSubdomains ?? false,
          preload: hsts.preload ?? false,
          // Off, because Traefik's middleware already sets the header.
          nosniff: false,
        },
      },
    };
    for (const [settingId, value] of Object.entries(settings)) {
      const setting = new ZoneSetting(this, `cloudflare_zone_setting.${settingId}`, {
        zoneId: zone.zoneId,
        settingId,
        // The provider accepts values of any type, but its generated class declares only maps.
        value: value as ZoneSettingConfig['value'],
      });
      if (adopt) setting.importFrom(`${zone.statedId}/${settingId}`);
    }
    // Off, because the mobile app and the server of `web` can't solve a browser challenge, and a rule can't
    // exempt them.
    const bots = new BotManagement(this, 'cloudflare_bot_management.zone', {
      zoneId: zone.zoneId,
      fightMode: false,
    });
    if (adopt) bots.importFrom(zone.statedId);
  }
}
