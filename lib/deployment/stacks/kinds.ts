import { documentationRanges, shortestPrefix } from '../../documents/cidr';
import { matching, type VariableKind } from './variables';

export const hetznerToken = matching(/^[A-Za-z0-9]{64}$/, 'A Hetzner API token has 64 letters and digits.');

export const k3sToken = matching(
  /^[0-9A-Za-z:._+/=-]{32,}$/,
  'A k3s token has at least 32 letters, digits and punctuation marks; openssl rand -hex 32 creates one.',
);

export const password = matching(/^[^\r\n]+$/, 'The value must be one line.');

export const cloudflareToken = matching(
  /^[A-Za-z0-9_-]{40,}$/,
  'A Cloudflare API token has at least 40 letters, digits, _ and -. The global API key is not accepted.',
);

export const hetznerId = matching(/^[1-9][0-9]*$/, 'A Hetzner id is a number.');

export const cloudflareId = matching(/^[0-9a-f]{32}$/, 'A Cloudflare id has 32 hexadecimal digits.');

export const sshPublicKeys: VariableKind = {
  type: 'list(string)',
  condition:
    'length(self) > 0 && alltrue([for key in self : can(regex("^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-[0-9A-Za-z_@.-]+) [A-Za-z0-9+/]{40,}=*( .*)?$", key))])',
  message: 'Each key must be one line of a public SSH key file, such as ~/.ssh/id_ed25519.pub.',
};

export const certificateRequest = matching(
  /^-----BEGIN CERTIFICATE REQUEST-----/,
  'The value must be a certificate signing request in PEM, with an EC key.',
);

/** Paths that are appended to a prefix. A path that begins with a slash would never match. */
export const paths: VariableKind = {
  type: 'list(string)',
  condition:
    'length(self) > 0 && alltrue([for path in self : can(regex("^[0-9A-Za-z._~-]+(/[0-9A-Za-z._~-]+)*/?$", path))])',
  message: 'Each path must have no leading slash and no spaces, such as auth/login/.',
};

/**
 * Networks that may connect to SSH and the API server. The whole internet and large parts of it are refused.
 * So are documentation ranges: if an example is not replaced, you can't connect to the nodes.
 */
export const operatorNetworks: VariableKind = {
  type: 'list(string)',
  condition: `length(self) > 0 && alltrue([for network in self : ${[
    // A range must begin with its network address: Hetzner refuses other ranges.
    'try(cidrsubnet(network, 0, 0), "") == network',
    `try(tonumber(split("/", network)[1]), 0) >= (strcontains(network, ":") ? ${shortestPrefix.ipv6} : ${shortestPrefix.ipv4})`,
    ...documentationRanges.map((range) => {
      const [first, length] = range.split('/');
      return `try(cidrhost(format("%s/${length}", split("/", network)[0]), 0), "") != "${first}"`;
    }),
  ].join(' && ')}])`,
  message:
    'Each must be one of your networks in CIDR notation that begins with its network address, such as your own address followed by /32. The whole internet (0.0.0.0/0, ::/0, or a large part of it) and documentation ranges are not allowed.',
};
