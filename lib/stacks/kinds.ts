import { matching, type VariableKind } from './variables';

export const hetznerToken = matching(
  /^[A-Za-z0-9]{64}$/,
  "A token of Hetzner's API is 64 letters and digits.",
);

export const k3sToken = matching(
  /^[0-9A-Za-z:._+/=-]{32,}$/,
  'A token of k3s has at least 32 letters, digits and signs, such as openssl rand -hex 32 makes.',
);

export const password = matching(/^[^\r\n]+$/, 'It must be one line.');

export const cloudflareToken = matching(
  /^[A-Za-z0-9_-]{40,}$/,
  'A token of Cloudflare has at least 40 letters, digits, _ and -. It is no global API key.',
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
  'It must be a certificate signing request in PEM, made with an EC key.',
);

/** Paths below a prefix: one that begins with a slash would match nothing. */
export const paths: VariableKind = {
  type: 'list(string)',
  condition:
    'length(self) > 0 && alltrue([for path in self : can(regex("^[0-9A-Za-z._~-]+(/[0-9A-Za-z._~-]+)*/?$", path))])',
  message: 'Each must be a path without its first slash and without spaces, such as auth/login/.',
};

/** Of each range its first address, and the length of its prefix. */
const documentationRanges = [
  ['192.0.2.0', 24],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['2001:db8::', 32],
  ['3fff::', 20],
] as const;

/**
 * Networks that may reach SSH and the API server. The world is refused, also by halves, and so is what only
 * documentations are written with: an example that was left in locks its reader out.
 */
export const operatorNetworks: VariableKind = {
  type: 'list(string)',
  condition: `length(self) > 0 && alltrue([for network in self : ${[
    'can(cidrhost(network, 0))',
    'try(tonumber(split("/", network)[1]), 0) >= (strcontains(network, ":") ? 16 : 8)',
    ...documentationRanges.map(
      ([first, length]) =>
        `try(cidrhost(format("%s/${length}", split("/", network)[0]), 0), "") != "${first}"`,
    ),
  ].join(' && ')}])`,
  message:
    'Each must be a network of yours in CIDR notation, such as your own address and /32: not the world (0.0.0.0/0, ::/0, or a large part of it), and no range that documentations use.',
};
