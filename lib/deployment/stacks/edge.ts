import { Construct } from 'constructs';
import type { CloudflareConfig, EdgeConfig } from '../config/schema/schema';
import { publicHosts } from '../model/hosts';
import type { Model } from '../model/model';
import * as kinds from './kinds';
import { OriginCertificate } from './origin-certificate';
import { Records } from './records';
import { Rulesets } from './rulesets';
import type { Variables } from './variables';
import { Zone } from './zone';
import { ZoneSettings } from './zone-settings';

export interface EdgeProps {
  readonly model: Model;
  readonly edge: EdgeConfig;
  readonly cloudflare: CloudflareConfig;
  /** The public address of each node, by its name. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly variables: Variables;
}

/** The resources at Cloudflare, which proxies all requests to the nodes. */
export class Edge extends Construct {
  constructor(scope: Construct, { model, edge, cloudflare, addresses, variables }: EdgeProps) {
    super(scope, 'edge');
    const hosts = publicHosts(model);
    const zone = new Zone(this, { name: edge.zone, id: cloudflare.zoneId, variables });
    new Records(this, { zone, hosts, addresses, adopt: model.adopt?.records, variables });
    new ZoneSettings(this, { zone, hsts: cloudflare.hsts, adopt: model.adopt?.zoneSettings ?? false });
    const place = ['edge', 'cloudflare', 'certificateRequest'];
    const request = variables.text(place, cloudflare.certificateRequest, kinds.certificateRequest);
    new OriginCertificate(this, { zone: edge.zone, request });
    const nodes = [...addresses.values()];
    new Rulesets(this, { zone, cloudflare, addresses: nodes, adopt: model.adopt?.rulesets, variables });
  }
}
