import { documentationRanges, shortestPrefix } from '../../documents/cidr';
import { matching, type VariableKind } from './variables';

export const hetznerToken = matching(
  /^[A-Za-z0-9]{64}$/,
  "A token of Hetzner's API has 64 letters and digits.",
);

export const k3sToken = matching(
  /^[0-9A-Za-z:._+/=-]{32,}$/,
  'A token of k3s has at least 32 letters, digits and punctuation marks; openssl rand -hex 32 creates one.',
);

export const password = matching(/^[^\r\n]+$/, 'It must be one line.');

export const cloudflareToken = matching(
  /^[A-Za-z0-9_-]{40,}$/,
  'A Cloudflare API token has at least 40 letters, digits, _ and -. The global API key is not accepted.',
);

export const hetznerId = matching(/^[1-9][0-9]*$/, 'An id of Hetzner is a number.');

export const cloudflareId = matching(/^[0-9a-f]{32}$/, 'An id of Cloudflare is 32 hexadecimal digits.');

export const sshPublicKeys: VariableKind = {
  type: 'list(string)',
  condition:
    'length(self) > 0 && alltrue([for key in self : can(regex("^(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-[0-9A-Za-z_@.-]+) [A-Za-z0-9+/]{40,}=*( .*)?$", key))])',
  message: 'Each must be one line of a public SSH key, such as ~/.ssh/id_ed25519.pub has.',
};

export const certificateRequest = matching(
  /^-----BEGIN CERTIFICATE REQUEST-----/,
  'It must be a certificate signing request in PEM, with an EC key.',
);

/** Paths below a prefix: a path with a leading slash would never match. */
export const paths: VariableKind = {
  type: 'list(string)',
  condition:
    'length(self) > 0 && alltrue([for path in self : can(regex("^[0-9A-Za-z._~-]+(/[0-9A-Za-z._~-]+)*/?$", path))])',
  message: 'Each must be a path without its first slash and without spaces, such as auth/login/.',
};

/**
 * Networks that can connect to SSH and the API server. The whole internet is refused, also as large parts of
 * it, and so are documentation ranges: an example that was not replaced locks the operator out.
 */
export const operatorNetworks: VariableKind = {
  type: 'list(string)',
  condition: `length(self) > 0 && alltrue([for network in self : ${[
    // The range must start at its network address: Hetzner refuses any other.
    'try(cidrsubnet(network, 0, 0), "") == network',
    `try(tonumber(split("/", network)[1]), 0) >= (strcontains(network, ":") ? ${shortestPrefix.ipv6} : ${shortestPrefix.ipv4})`,
    ...documentationRanges.map((range) => {
      const [first, length] = range.split('/');
      return `try(cidrhost(format("%s/${length}", split("/", network)[0]), 0), "") != "${first}"`;
    }),
  ].join(' && ')}])`,
  message:
    'Each must be one of your networks in CIDR notation with its network address, such as your own address followed by /32: not the whole internet (0.0.0.0/0, ::/0, or a large part of it), and not a documentation range.',
};
