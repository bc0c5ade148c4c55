import type { KubernetesObject } from '../../documents/kubernetes';
import type { ClusterClient } from '../cluster/client';
import { ClusterError } from '../cluster/cluster-error';

/** The text that replaces a secret. */
export const masked = '***';

/** Shorter values are no secrets, and would mask parts of words. */
const shortest = 4;

/** Hides secrets in texts of others: logs, events, messages of kubelets. */
export class SecretMask {
  private readonly values: readonly string[];

  /** @param values of Secrets, decoded */
  constructor(values: readonly string[]) {
    const forms = values.flatMap(formsOf).filter(({ length }) => length >= shortest);
    // A value that contains another one is hidden as a whole.
    this.values = [...new Set(forms)].sort((a, b) => b.length - a.length);
  }

  hide(text: string): string {
    const known = this.values.reduce((left, value) => left.replaceAll(value, masked), text);
    return shapes.reduce((left, [shape, replacement]) => left.replace(shape, replacement), known);
  }
}

/** Hides every text, where the Secrets can't be read and so what is to be hidden is not known. */
export const blindMask: Pick<SecretMask, 'hide'> = {
  hide: () => "(not shown: the Secrets of the namespace can't be read)",
};

/** What is secret by its shape, whatever it is called. */
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

/** A value as texts may hold it: itself, its lines, encoded, and what a registry's credentials contain. */
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

/** The fields of a registry's credentials that are secret. */
const ofRegistry = ['password', 'auth', 'identitytoken', 'registrytoken'];

/** The secret texts of a value that is JSON: of a registry's credentials some fields, of others every longer text. */
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
    // It is no JSON; the value itself is hidden.
  }
  return texts;
}

/**
 * A mask of all Secrets of some namespaces.
 *
 * @throws ClusterError if they can't be read: nothing of others may be printed then
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

/** The same, or one that hides everything if the Secrets can't be read. */
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
