import { DataCloudflareZone } from '@cdktf/provider-cloudflare/lib/data-cloudflare-zone';
import { CloudflareProvider } from '@cdktf/provider-cloudflare/lib/provider';
import { Construct } from 'constructs';
import type { Resolvable } from '../config/schema/unresolved';
import * as kinds from './kinds';
import { expression, literal, quoted } from './literal';
import type { Variables } from './variables';

export interface ZoneProps {
  readonly name: string;
  readonly id: Resolvable<string>;
  readonly variables: Variables;
}

/**
 * The Cloudflare zone, as a data source. The zone also has DNS records of other systems, such as email, so
 * Terraform must not create or delete it. Resources that use `zoneId` wait until the name of the zone was
 * checked.
 */
export class Zone extends Construct {
  /** For resources. */
  readonly zoneId: string;
  /**
   * The id from the configuration or from a variable. Ids of imports must be known before Terraform reads
   * data sources.
   */
  readonly statedId: string;

  constructor(scope: Construct, { name, id, variables }: ZoneProps) {
    super(scope, 'zone');
    const description =
      'The Cloudflare API token for this zone, with the permission Edit for Zone Settings, DNS, SSL and Certificates, Zone WAF, Cache Rules and Bot Management.';
    new CloudflareProvider(this, 'provider.cloudflare', {
      apiToken: variables.secret('cloudflare_api_token', description, kinds.cloudflareToken),
    });
    this.statedId = variables.text(['edge', 'cloudflare', 'zoneId'], id, kinds.cloudflareId);
    const zone = new DataCloudflareZone(this, `data.cloudflare_zone.${name.replaceAll('.', '_')}`, {
      zoneId: this.statedId,
      lifecycle: {
        postcondition: [
          {
            condition: expression(`self.name == ${quoted(name)}`),
            errorMessage: literal(`This is not the id of the zone ${name}. Correct edge.cloudflare.zoneId.`),
          },
        ],
      },
    });
    this.zoneId = zone.zoneId;
  }
}
