import { didYouMean } from '../../../documents/nearest';
import type { Path } from '../../../input/source';

/**
 * A contradiction between two parts of the configuration. The finding is reported at one of the two parts.
 */
export interface ConfigFinding {
  readonly file: 'deployment' | 'lock';
  readonly path: Path;
  /** Whether the key is wrong, not its value. */
  readonly key?: boolean;
  readonly message: string;
}

/** The names that the files declare, including those of invalid entries. */
export interface DeclaredNames {
  readonly images: readonly string[];
  readonly secrets: readonly string[];
  readonly configKeys: readonly string[];
  /** The names that `connectsTo` can contain: workloads and external services. */
  readonly destinations: readonly string[];
  readonly nodes: readonly string[];
  /** Whether all files were read without an error. Only then can an unused entry be reported. */
  readonly complete: boolean;
}

/** A finding at a value of the deployment's file. */
export function at(path: Path, message: string): ConfigFinding {
  return { file: 'deployment', path, message };
}

/**
 * `names the Secret "x", which isn't declared; did you mean "y"?`
 *
 * @param remedy how to declare the name; printed if no declared name is similar
 */
export function unknown(kind: string, name: string, known: readonly string[], remedy?: string): string {
  const declared = `${known.length === 0 ? '; no name is declared' : `; known are ${known.join(', ')}`}${remedy === undefined ? '' : `; ${remedy}`}`;
  const suggestion = didYouMean(name, known) || declared;
  return `names ${kind === '' ? '' : `${kind} `}"${name}", which isn't declared${suggestion}`;
}

export function unknownImage(name: string, known: readonly string[]): string {
  const remedy = `add images.${name}.repository and images.${name}.tag, and the digest with npx honeydue pin ${name}`;
  return unknown('the image', name, known, remedy);
}

/** @param key the key that is read; undefined if the whole Secret is mounted */
export function unknownSecret(name: string, known: readonly string[], key?: string): string {
  const remedy = `add secrets.${name}.keys.${key ?? '<key>'}: <what it is for>`;
  return unknown('the Secret', name, known, remedy);
}
