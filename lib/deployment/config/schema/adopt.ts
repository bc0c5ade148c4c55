import { cloudflareIdSchema } from './cloudflare';
import { flag, hostNameSchema, named, resolvable, serviceName, strictObject, text } from './primitives';

const hetznerId = resolvable(
  text('a Hetzner id: digits, in quotes', (value) => /^[1-9]\d{0,18}$/.test(value)),
);

/** The ids of existing resources. Terraform imports these resources, and creates all others. */
export const adopt = strictObject({
  servers: named(serviceName, hetznerId).exactOptional(),
  primaryIps: named(serviceName, hetznerId).exactOptional(),
  firewall: hetznerId.exactOptional(),
  placementGroup: hetznerId.exactOptional(),
  privateNetwork: hetznerId.exactOptional(),
  records: named(hostNameSchema, named(serviceName, resolvable(cloudflareIdSchema))).exactOptional(),
  zoneSettings: flag.exactOptional(),
  rulesets: strictObject({
    customRules: resolvable(cloudflareIdSchema).exactOptional(),
    rateLimit: resolvable(cloudflareIdSchema).exactOptional(),
    cacheRules: resolvable(cloudflareIdSchema).exactOptional(),
  }).exactOptional(),
});
