import { DnsRecord } from '@cdktf/provider-cloudflare/lib/dns-record';
import { Construct } from 'constructs';
import type { Model } from '../model/model';
import * as kinds from './kinds';
import type { Variables } from './variables';
import type { Zone } from './zone';

export interface RecordsProps {
  readonly zone: Zone;
  readonly hosts: readonly string[];
  /** The public address of each node, by its name. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly adopt: NonNullable<Model['adopt']>['records'];
  readonly variables: Variables;
}

/**
 * One DNS record for each host and node: every node serves every host, and Cloudflare distributes the
 * requests. The records are proxied, so DNS returns Cloudflare's addresses, never those of the nodes.
 */
export class Records extends Construct {
  constructor(scope: Construct, { zone, hosts, addresses, adopt, variables }: RecordsProps) {
    super(scope, 'records');
    for (const host of hosts) {
      for (const [node, address] of addresses) {
        const name = `${host.replaceAll('.', '_')}_${node}`;
        const record = new DnsRecord(this, `cloudflare_dns_record.${name}`, {
          zoneId: zone.zoneId,
          name: host,
          type: 'A',
          content: address,
          proxied: true,
          // 1 means automatic, the only TTL that a proxied record can have.
          ttl: 1,
        });
        const id = adopt?.[host]?.[node];
        if (id === undefined) continue;
        const place = ['adopt', 'records', host, node];
        record.importFrom(`${zone.statedId}/${variables.text(place, id, kinds.cloudflareId)}`);
      }
    }
  }
}
