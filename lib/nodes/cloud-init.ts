import { gzipSync, strToU8 } from 'fflate';
import { firstBoot, firstBootScript } from './first-boot';

/** Hetzner's limit for user-data, in bytes. */
const limit = 32 * 1024;

/** A file with a secret on a new server, which only root can ever read. */
export interface UserDataSecret {
  /** The name below `/etc/honeydue/secrets`: `k3s-token` or `registry-password`. */
  readonly name: string;
  /** The content as base64, or a Terraform expression for it, such as `${base64encode(var.k3s_token)}`. */
  readonly base64: string;
}

/**
 * The user-data of a new server: cloud-init writes the node script, and a unit that runs the script until it
 * succeeds. An existing server never reads user-data again, and a change of user-data replaces the server; there, the
 * operator runs the same script over SSH.
 *
 * The script is compressed, because it would otherwise exceed the limit. fflate gives the same bytes on every version
 * of Node; zlib does not. The result contains no Terraform expressions except those in `secrets`.
 *
 * @param secrets every process of the node can read them from the user-data, so the script blocks pods from the
 * metadata service; the script itself contains no secret
 * @throws RangeError if the user-data exceeds Hetzner's 32 KiB, with the number of excess bytes
 */
export function cloudInit(script: string, secrets: readonly UserDataSecret[] = []): string {
  const compressed = gzipSync(strToU8(script), { level: 9, mtime: 0 });
  const files = [
    file(firstBootScript, '0700', 'gz+b64', Buffer.from(compressed).toString('base64')),
    ...firstBoot.map(({ path, mode, text }) => file(path, mode, 'b64', Buffer.from(text).toString('base64'))),
    ...secrets.map(({ name, base64 }) => file(`/etc/honeydue/secrets/${name}`, '0600', 'b64', base64)),
  ];
  const text = `#cloud-config\nwrite_files:\n${files.join('')}`;
  const bytes = Buffer.byteLength(text);
  if (bytes > limit) {
    const over = bytes - limit;
    throw new RangeError(
      `the user-data has ${bytes} bytes, ${over} above Hetzner's limit of ${limit}; remove SSH keys, networks or labels of this node`,
    );
  }
  return text;
}

function file(name: string, permissions: string, encoding: string, content: string): string {
  return `  - path: ${name}
    owner: root:root
    permissions: "${permissions}"
    encoding: ${encoding}
    content: ${content}
`;
}
