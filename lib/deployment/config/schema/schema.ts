import { z } from 'zod';
import * as rules from '../../../kubernetes/value-rule';
import { nodeRoles } from '../../../nodes/node-setup';
import { priceLists, serverTypes } from '../../../terraform/hetzner/prices';
import { adopt } from './adopt';
import { cloudflare } from './cloudflare';
import { access, cluster } from './cluster';
import { hetzner } from './hetzner';
import { type Location, networkZones } from './locations';
import { metricsServer } from './observability';
import {
  counted,
  dataKeySchema,
  distinct,
  environmentText,
  euros,
  flag,
  hostNameSchema,
  ipv4Address,
  isDate,
  labelKeySchema,
  labelValueSchema,
  listSchema,
  named,
  objectNameSchema,
  othersUnresolved,
  portNumber,
  publicAddress,
  publicIpv4Range,
  publicIpv6Range,
  resolvable,
  ruled,
  serviceName,
  strictObject,
  text,
  whole,
  word,
  wrong,
} from './primitives';
import { availabilityPromise } from './promises';
import { rawSchema } from './raw';
import { workload } from './workloads';

const node = strictObject({
  address: publicAddress,
  hostname: objectNameSchema,
  type: word(...(Object.keys(serverTypes) as [string, ...string[]])),
  location: word(...(Object.keys(networkZones) as [Location, ...Location[]])),
  image: text('the name of an image such as ubuntu-24.04', (value) => /^[a-z0-9][a-z0-9.-]*$/.test(value)),
  role: word(...nodeRoles).exactOptional(),
  privateAddress: ipv4Address.exactOptional(),
  reverseDns: hostNameSchema.exactOptional(),
  backups: flag.exactOptional(),
  deleteProtection: flag.exactOptional(),
  labels: named(labelKeySchema, labelValueSchema).exactOptional(),
  priceList: word(...(priceLists as [string, ...string[]])).exactOptional(),
});

/** The cost of an external service. @default its cost is unknown */
const serviceCost = strictObject({
  euros: euros.exactOptional(),
  source: text('where the amount comes from'),
});

const image = strictObject({
  repository: ruled(rules.imageRepository),
  tag: resolvable(ruled(rules.imageTag)),
});

const secret = strictObject({
  revision: counted(rules.revision).exactOptional(),
  keys: named(
    dataKeySchema,
    text('what the key is for', () => true),
  ),
  others: othersUnresolved,
});

const edge = strictObject({
  zone: hostNameSchema,
  tlsSecret: objectNameSchema,
  rateLimit: strictObject({
    average: whole(1, 100_000, ' requests a second'),
    burst: whole(1, 100_000, ' requests'),
  }),
  maxBodyBytes: whole(1, 2 ** 40, ' bytes').exactOptional(),
  cloudflare: cloudflare.exactOptional(),
});

/** Where Terraform stores its state. @default a file next to the output directory */
const terraform = strictObject({
  backblazeB2: strictObject({
    bucket: text('the name of a bucket', (value) => /^[a-zA-Z0-9-]{6,63}$/.test(value)),
    region: text('a region such as us-east-005', (value) => /^[a-z]+-[a-z]+-\d{3}$/.test(value)),
  }),
});

const acknowledgement = strictObject({
  rule: text('the id of a rule, such as image-not-pinned-by-digest'),
  objects: distinct(
    listSchema(
      text(
        'an object as findings name it, such as Deployment honeydue/api; * matches any number of characters',
      ),
    ).min(1, 'is empty; add the name of an object'),
  ),
  reason: text('why the finding is acceptable here'),
  since: text('the date of the acknowledgement, such as 2026-05-15', isDate).exactOptional(),
  expires: text('a date such as 2027-01-31', isDate).exactOptional(),
});

const k3sRelease = text('a k3s release such as v1.34.6+k3s1', (value) =>
  /^v1\.(0|[1-9]\d*)\.(0|[1-9]\d*)\+k3s[1-9]\d*$/.test(value),
);

const sha256 = text('a SHA-256: 64 hexadecimal digits, as sha256sum prints it', (value) =>
  /^[0-9a-f]{64}$/.test(value),
);
/** Accepted findings. */
export const acknowledgementsSchema = listSchema(acknowledgement);

/** The schema of `config/production.yaml`, which describes a deployment. */
export const deploymentSchema = strictObject({
  namespace: serviceName.refine((name) => !/^(default|(kube|system)-.*)$/.test(name), {
    error: ({ input }) =>
      `is "${input}"; it must be a name of your own: Kubernetes reserves default, kube-* and system-*`,
  }),
  k3s: k3sRelease,
  k3sSha256: named(
    k3sRelease,
    strictObject({ amd64: sha256.exactOptional(), arm64: sha256.exactOptional() }),
  ).exactOptional(),
  nodes: named(serviceName, node),
  access,
  cluster,
  imagePullSecret: objectNameSchema,
  images: named(serviceName, image),
  config: strictObject({
    name: objectNameSchema.refine((name) => name !== 'kube-root-ca.crt', {
      error:
        'is kube-root-ca.crt, a ConfigMap that the cluster creates in every namespace; choose another name',
    }),
    data: named(dataKeySchema, resolvable(environmentText)),
    others: othersUnresolved,
  }),
  secrets: named(objectNameSchema, secret),
  external: named(
    serviceName,
    strictObject({ host: resolvable(hostNameSchema), port: portNumber }),
  ).exactOptional(),
  edge: edge.exactOptional(),
  metrics: metricsServer.exactOptional(),
  hetzner: hetzner.exactOptional(),
  costs: named(serviceName, serviceCost).exactOptional(),
  adopt: adopt.exactOptional(),
  terraform: terraform.exactOptional(),
  workloads: named(serviceName, workload).refine((all) => Object.keys(all).length > 0, {
    error: 'is empty; add a workload',
  }),
  raw: rawSchema.exactOptional(),
  promises: listSchema(availabilityPromise).exactOptional(),
  acknowledgements: acknowledgementsSchema.exactOptional(),
});

const digest = text('a digest: sha256: and 64 hexadecimal digits', (value) =>
  /^sha256:[0-9a-f]{64}$/.test(value),
);

/**
 * `config/images.lock.yaml`: for each image the digest, the tag that the digest was looked up for, and the
 * digests of the image for each architecture of the nodes. `honeydue pin` writes the file.
 */
export const imagesLockSchema = named(
  serviceName,
  strictObject({
    tag: text('the tag that the digest was looked up for', () => true).exactOptional(),
    digest: resolvable(digest),
    manifests: strictObject({ amd64: digest.exactOptional(), arm64: digest.exactOptional() }).exactOptional(),
  }),
);

const consequence =
  'so all requests over it would be refused; list the ranges that https://www.cloudflare.com/ips has';

/**
 * `config/cloudflare-ip-ranges.json`: the ranges of Cloudflare's proxies, whose forwarded client address
 * Traefik trusts, and the date on which the list was last compared with Cloudflare's.
 */
export const cloudflareRangesSchema = strictObject({
  source: text("the URL of Cloudflare's list"),
  checked: z.union([text('a date such as 2026-05-15', isDate), z.null()], {
    error: (issue) => wrong(issue.input, 'the date on which the list was last compared, or null'),
  }),
  ipv4: distinct(listSchema(publicIpv4Range).min(1, `is empty, ${consequence}`)),
  ipv6: distinct(listSchema(publicIpv6Range).min(1, `is empty, ${consequence}`)),
});

export type CloudflareRanges = z.output<typeof cloudflareRangesSchema>;
export type Acknowledgements = z.output<typeof acknowledgementsSchema>;
export type Deployment = z.output<typeof deploymentSchema>;
export type EdgeConfig = NonNullable<Deployment['edge']>;
export type CloudflareConfig = NonNullable<EdgeConfig['cloudflare']>;
export type ImagesLock = z.output<typeof imagesLockSchema>;
