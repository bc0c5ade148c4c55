import type { Json, KubernetesObject } from '../documents/kubernetes';
import { looksSecret } from './secrecy';

/** Paths to what a container is given. */
const given = /(^|\.)(env(\[\d+\](\.value)?)?|args(\[\d+\])?|command(\[\d+\])?)$/;

/** A value of an object as a message may quote it: abbreviated, or not at all where it may be a secret. */
export function shown({ kind }: KubernetesObject, path: string, value: Json): string {
  if (kind === 'Secret' && /^(data|stringData)\b/.test(path)) return "a Secret's, and not shown";
  const text = JSON.stringify(value);
  if (given.test(path) || /"(args|command|value)":/.test(text) || looksSecret(text)) return 'not shown';
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
