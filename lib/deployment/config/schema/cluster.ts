import { isDocumentation, isWorldwide } from '../../../documents/cidr';
import { isSchedule } from '../../../kubernetes/schedule';
import {
  bytesSchema,
  cidrSchema,
  cpuSchema,
  distinct,
  flag,
  hostNameSchema,
  listSchema,
  objectNameSchema,
  portNumber,
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

/** A range that is small enough to belong to one person or company. */
const network = cidrSchema(
  'a network of your own, such as 84.20.10.0/24, not a large part of the internet and not a documentation range',
  (value) => !isWorldwide(value) && !isDocumentation(value),
);

/** Ports that other programs on a node use. */
const takenPorts = [80, 443, 2379, 2380, 5001, 6443, 10250];

const sshPorts = listSchema(portNumber).superRefine((ports, context) => {
  if (ports.length === 0) {
    const message = 'is empty, so no login would be possible; add at least one port';
    context.addIssue({ code: 'custom', message });
  }
  for (const [index, port] of ports.entries()) {
    const problem = takenPorts.includes(port)
      ? 'on which another program of the node listens'
      : ports.indexOf(port) < index && 'which is already in the list';
    if (problem) {
      const message = `is ${port}, ${problem}; choose another port, or remove the entry`;
      context.addIssue({ code: 'custom', path: [index], message });
    }
  }
});

/** How you connect to the nodes over SSH. */
export const access = strictObject({
  user: text('a user name: a-z, 0-9, "-" and "_", at most 32, and not root', (value) =>
    /^(?!root$)[a-z_][a-z0-9_-]{0,31}$/.test(value),
  ),
  authorizedKeys: resolvable(
    distinct(listSchema(publicKey).min(1, 'is empty, so no login would be possible; add a key')),
  ),
  networks: resolvable(
    distinct(listSchema(network).min(1, 'is empty, so no login would be possible; add a network')),
  ),
  sshPorts,
});

const schedule = text(
  'five fields as in cron (minute, hour, day, month, weekday), such as "0 */6 * * *"',
  isSchedule,
);

const reservation = strictObject({ cpu: cpuSchema, memory: bytesSchema });

/** The configuration of k3s on the nodes. */
export const cluster = strictObject({
  initialised: flag,
  firstNode: serviceName,
  nodeAddresses: word('public', 'private'),
  flannelBackend: word('vxlan', 'wireguard-native'),
  secretsEncryption: flag,
  embeddedRegistry: flag,
  registry: strictObject({
    host: hostNameSchema,
    user: resolvable(text('a user name', (value) => /^[\w.@-]+$/.test(value))),
  }),
  snapshots: strictObject({
    schedule,
    retention: whole(1, 1000, ' snapshots'),
    s3Secret: objectNameSchema,
  }),
  reserved: strictObject({ system: reservation, kubernetes: reservation }),
});
