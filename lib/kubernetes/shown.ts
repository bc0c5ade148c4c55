import type { Json, KubernetesObject } from '../documents/kubernetes';
import { looksSecret } from './secrecy';

/** Fields whose values a container receives, and which may be secrets. */
const given = /(^|\.)(env(\[\d+\](\.value)?)?|args(\[\d+\])?|command(\[\d+\])?)$/;

/** A value of an object, as a message prints it: shortened if it is long, hidden if it may be secret. */
export function shown({ kind }: KubernetesObject, path: string, value: Json): string {
  if (kind === 'Secret' && /^(data|stringData)\b/.test(path))
    return 'set (value hidden, because it is in a Secret)';
  const text = JSON.stringify(value);
  if (given.test(path) || /"(args|command|value)":/.test(text) || looksSecret(text))
    return 'set (value hidden)';
  return text.length <= 80 ? text : `${text.slice(0, 77)}...`;
}
