import type { z } from 'zod';
import { addressBits, prefixLength } from '../documents/cidr';
import {
  bytes,
  cpu,
  flag,
  hostName,
  list,
  objectName,
  resolvable,
  serviceName,
  strictObject,
  text,
  whole,
  word,
} from './primitives';

const publicKey = text('a public key on one line, such as "ssh-ed25519 AAAA… name"', (value) =>
  /^(ssh-(ed25519|rsa)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) [A-Za-z0-9+/]{40,}={0,2}( [^\p{Cc}]+)?$/u.test(
    value,
  ),
);

/** Documentation's ranges (RFC 5737, RFC 3849), which no packet comes from. */
const documentation = /^(192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:)/i;

/** A range that is small enough to be somebody's: nobody has a sixteenth of all addresses. */
const network = text(
  'a range of your own, such as 84.20.10.0/24: neither the whole internet nor one of the documentation',
  (value) => {
    const bits = addressBits(value.split('/')[0] ?? '');
    return bits !== undefined && (prefixLength(value) ?? 0) > 4 && !documentation.test(value);
  },
);

/** What else a node listens on, between the nodes or for the world. */
const takenPorts = [80, 443, 2379, 2380, 5001, 6443, 10250];

const sshPorts = list(whole(1, 65_535)).superRefine((ports, context) => {
  if (ports.length === 0) {
    const message = 'is empty, so nobody could log on; it must name at least one port';
    context.addIssue({ code: 'custom', message });
  }
  for (const [index, port] of ports.entries()) {
    const problem = takenPorts.includes(port)
      ? 'which the node itself listens on'
      : ports.indexOf(port) < index && 'which stands here already';
    if (problem) {
      const message = `is ${port}, ${problem}; choose another, or remove it`;
      context.addIssue({ code: 'custom', path: [index], message });
    }
  }
});

/** Who may log on to the nodes, and from where. */
export const access = strictObject({
  user: text('a user name: a-z, 0-9, "-" and "_", at most 32, and not root', (value) =>
    /^(?!root$)[a-z_][a-z0-9_-]{0,31}$/.test(value),
  ),
  authorizedKeys: resolvable(list(publicKey).min(1, 'is empty, so nobody could log on; name a key')),
  networks: resolvable(list(network).min(1, 'is empty, so nobody could log on; name a range')),
  sshPorts,
});

const cron = text('five fields as cron has them, such as "0 */6 * * *"', (value) =>
  /^(?:[\d*/,-]+ ){4}[\d*/,-]+$/.test(value),
);

const reservation = strictObject({ cpu, memory: bytes });

/** How k3s is set up on the nodes. */
export const cluster = strictObject({
  initialised: flag,
  firstNode: serviceName,
  nodeAddresses: word('public', 'private'),
  flannelBackend: word('vxlan', 'wireguard-native'),
  secretsEncryption: flag,
  embeddedRegistry: flag,
  registry: strictObject({
    host: hostName,
    user: resolvable(text('a user name', (value) => /^[\w.@-]+$/.test(value))),
  }),
  snapshots: strictObject({
    schedule: cron,
    retention: whole(1, 1000, ' snapshots'),
    s3Secret: objectName,
  }),
  reserved: strictObject({ system: reservation, kubernetes: reservation }),
});

export type Access = z.output<typeof access>;
export type Cluster = z.output<typeof cluster>;
