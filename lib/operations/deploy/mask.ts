import type { KubernetesObject } from '../../documents/kubernetes';
import type { ClusterClient } from '../cluster/client';
import { ClusterError } from '../cluster/cluster-error';

export const masked = '***';

/** Shorter values are not masked: they are not secret, and masking them would hide parts of words. */
const shortest = 4;

/** Masks secrets in text from other programs: logs, events, kubelet messages. */
export class SecretMask {
  private readonly values: readonly string[];

  /** @param values the decoded values of Secrets */
  constructor(values: readonly string[]) {
    const forms = values.flatMap(formsOf).filter(({ length }) => length >= shortest);
    // Longer values first, so that a value that contains another one is masked as a whole.
    this.values = [...new Set(forms)].sort((a, b) => b.length - a.length);
  }

  hide(text: string): string {
    const known = this.values.reduce((left, value) => left.replaceAll(value, masked), text);
    return shapes.reduce((left, [shape, replacement]) => left.replace(shape, replacement), known);
  }
}

/** Replaces every text. For use if the Secrets can't be read, because then it is unknown what to mask. */
export const blindMask: Pick<SecretMask, 'hide'> = {
  hide: () =>
    "(not shown: it may contain secrets, and the Secrets of the namespace can't be read to mask them)",
};

/** Patterns that mask a secret by its form, such as a private key or a password in a URL. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN ([A-Z ]+ )?PRIVATE KEY-----[\s\S]*?(-----END ([A-Z ]+ )?PRIVATE KEY-----|$)/g, masked],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${masked}@`],
  [/\b(authorization\b["']?\s*[:=]\s*["']?(?:basic |bearer )?)[^\s"',;]+/gi, `$1${masked}`],
  [/\b(bearer|basic) [A-Za-z0-9+/=._~-]{8,}/gi, `$1 ${masked}`],
  [
    /((?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?)\w*["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi,
    `$1${masked}`,
  ],
  [/\bAGE-SECRET-KEY-1[A-Z0-9]+/g, masked],
  [/\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]+\.?[A-Za-z0-9_-]*/g, masked],
];

/** The forms in which text may contain a value: as it is, line by line, encoded, and its parts if it is JSON. */
function formsOf(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim());
  const encoded = [value, ...lines].flatMap((each) => [
    each,
    encodeURIComponent(each),
    JSON.stringify(each).slice(1, -1),
    Buffer.from(each).toString('base64').replace(/=+$/, ''),
  ]);
  return [...encoded, ...credentialsIn(value)];
}

/** The secret fields of registry credentials. */
const ofRegistry = ['password', 'auth', 'identitytoken', 'registrytoken'];

/**
 * The secret strings in a JSON value: the secret fields of registry credentials, and of other JSON every string of 8
 * characters or more.
 */
function credentialsIn(value: string): string[] {
  if (!value.trimStart().startsWith('{')) return [];
  const texts: string[] = [];
  const visit = (each: unknown, isRegistry: boolean, key: string): void => {
    if (typeof each === 'object' && each !== null) {
      for (const [name, below] of Object.entries(each)) visit(below, isRegistry, name);
    } else if (typeof each === 'string' && (isRegistry ? ofRegistry.includes(key) : each.length >= 8)) {
      texts.push(each);
      // `auth` is user:password in base64.
      if (key === 'auth')
        texts.push(
          Buffer.from(each, 'base64')
            .toString('utf8')
            .replace(/^[^:]*:/, ''),
        );
    }
  };
  try {
    const parsed: unknown = JSON.parse(value);
    visit(parsed, typeof parsed === 'object' && parsed !== null && 'auths' in parsed, '');
  } catch {
    // The value is not JSON: it is masked as a whole.
  }
  return texts;
}

/**
 * A mask for the values of all Secrets in some namespaces.
 *
 * @throws ClusterError if the Secrets can't be read: then nothing from other programs may be printed
 */
export async function maskOf(client: ClusterClient, namespaces: readonly string[]): Promise<SecretMask> {
  const values: string[] = [];
  for (const namespace of namespaces) {
    const { items } = await client.write<{ items: KubernetesObject[] }>(
      'GET',
      `/api/v1/namespaces/${namespace}/secrets`,
    );
    for (const { data } of items)
      for (const value of Object.values((data ?? {}) as Readonly<Record<string, string>>))
        values.push(Buffer.from(value, 'base64').toString('utf8'));
  }
  return new SecretMask(values);
}

/** A mask for the values of the Secrets; if they can't be read, a mask that hides everything. */
export async function maskOrBlind(
  client: ClusterClient,
  namespaces: readonly string[],
): Promise<Pick<SecretMask, 'hide'>> {
  try {
    return await maskOf(client, namespaces);
  } catch (error) {
    if (error instanceof ClusterError) return blindMask;
    throw error;
  }
}
