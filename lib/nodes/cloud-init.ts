import { gzipSync, strToU8 } from 'fflate';
import { firstBoot, firstBootScript } from './first-boot';

/** Hetzner refuses more, in bytes. */
const limit = 32 * 1024;

/** A file of a new server that holds a secret: root's alone, from the first moment. */
export interface UserDataSecret {
  /** Below `/etc/honeydue/secrets`: `k3s-token`, `registry-password`. */
  readonly name: string;
  /** Base64 of the content, or an expression of Terraform that gives it, such as `${base64encode(var.k3s_token)}`. */
  readonly base64: string;
}

/**
 * The user-data of a new server: cloud-init writes the script and the unit that runs it until it has succeeded. On a
 * server that exists user-data is never read again, and changing it replaces the server; the operator runs the same
 * script over SSH.
 *
 * The script is compressed, since as it is it would be too long. By fflate and not by zlib, whose bytes are others from
 * one Node to the next. In what is left nothing reads as an expression of Terraform but what `secrets` bring.
 *
 * @param secrets each can be read in the user-data by every process of the node, which is why the script keeps pods from
 * it; the script itself holds none
 * @throws RangeError for what is over Hetzner's 32 KiB, by how much
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
      `the user-data has ${bytes} bytes, ${over} over the ${limit} that Hetzner takes; shorten what the script lists, such as keys, networks and labels`,
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
