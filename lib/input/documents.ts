import { type Alias, type Document, isNode } from 'yaml';
import type { KubernetesObject } from '../documents/kubernetes';
import { manifestFiles } from './manifest-files';
import { type ManifestYaml, parseManifestYaml, rememberTexts } from './manifest-yaml';
import { ConfigError, type Place, type Problem } from './problem';
import type { Path } from './source';
import { type FileRole, readText } from './text';
import { aliasTargets, walk } from './yaml-nodes';

/** An object of a manifest, with the place of each value. */
export interface LocatedObject {
  readonly object: KubernetesObject;
  /** The place of a value, or of its nearest existing parent. */
  readonly placeOf: (path: Path) => Place;
}

/** The argument that means standard input. */
export const standardInput = '-';

/**
 * The objects of manifests of any origin. A file can hold several documents; empty ones are skipped, and
 * Lists are expanded.
 *
 * @param paths files, directories of YAML and JSON files, or `-` for standard input
 * @throws ConfigError with every unreadable file and every document that is not a Kubernetes object
 */
export function readManifests(paths: readonly string[]): KubernetesObject[] {
  return readLocatedManifests(paths).map(({ object }) => object);
}

/**
 * Like `readManifests`, with the places of all values.
 *
 * @throws ConfigError with every file that can't be read and every document that is no Kubernetes object
 */
export function readLocatedManifests(paths: readonly string[]): LocatedObject[] {
  const problems: Problem[] = [];
  const objects = manifestFiles(paths).flatMap((path) => {
    const file = path === standardInput ? 'standard input' : path;
    const fail = (message: string, line = 1, column = 1) => {
      problems.push({ place: { file, line, column }, path: '', message });
    };
    const text = attempt(() => readText(path === standardInput ? 0 : path, file, manifestRole), problems);
    const { documents, placeAt } = parseManifestYaml(text ?? '');
    return documents.flatMap((document) => {
      const place = placeAt(document.range[0]);
      // Only the first error: those after it are misleading, because the parser has lost the structure.
      const [error] = document.errors;
      if (error !== undefined) {
        const { line, column } = placeAt(error.pos[0]);
        fail(`is not YAML: ${error.message}`, line, column);
        return [];
      }
      const endless = endlessAlias(document);
      if (endless !== undefined) {
        const { line, column } = placeAt(endless.range?.[0] ?? 0);
        const name = endless.source;
        fail(
          `contains itself: the alias *${name} is inside its own anchor &${name}; write out the value`,
          line,
          column,
        );
        return [];
      }
      const value = contentOf(document);
      if (value instanceof Error) fail(value.message, place.line, place.column);
      // Helm renders some documents with a comment only.
      if (value instanceof Error || value === null) return [];
      rememberTexts(document, value);
      const found = unfold(value);
      for (const each of found) nameGenerated(each.value);
      if (found.every(({ value }) => isObject(value))) {
        return found.map(({ value, path: parent }) => ({
          object: value as KubernetesObject,
          placeOf: (steps: Path) => placeIn(document, placeAt, file, [...parent, ...steps]),
        }));
      }
      fail(
        'is not a Kubernetes object: it must have apiVersion, kind and metadata.name or generateName',
        place.line,
        place.column,
      );
      return [];
    });
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return objects;
}

function placeIn(document: Document, placeAt: ManifestYaml['placeAt'], file: string, path: Path): Place {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      return { file, ...placeAt(node.range[0]) };
    }
  }
  return { file, line: 1, column: 1 };
}

/** A pipe is allowed for `<(helm template …)`. */
const manifestRole: FileRole = {
  remedy: 'name a YAML file',
  purpose: 'hold Kubernetes objects',
  pipes: true,
};

function attempt<Result>(step: () => Result, problems: Problem[]): Result | undefined {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

/** An alias inside its own anchor. */
function endlessAlias(document: Document): Alias | undefined {
  return [...aliasTargets(document)].find(([alias, target]) => {
    let within = false;
    walk(target, (node) => {
      within ||= node === alias;
    });
    return within;
  })?.[0];
}

/** The value of a document, or the reason why it can't be read. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return new Error(`can't be read: ${(error as Error).message}`);
  }
}

/**
 * A List, or a list of one kind, as `kubectl get -o yaml` prints several objects. Its items may lack
 * apiVersion and kind.
 */
function unfold(value: unknown): { readonly value: unknown; readonly path: Path }[] {
  const { apiVersion, kind, items } = (value ?? {}) as Partial<Record<string, unknown>>;
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items))
    return [{ value, path: [] }];
  const inherited = kind === 'List' ? {} : { apiVersion, kind: kind.slice(0, -'List'.length) };
  return items.flatMap((item, index) =>
    unfold(typeof item === 'object' && item !== null ? { ...inherited, ...item } : item).map((each) => ({
      value: each.value,
      path: ['items', index, ...each.path],
    })),
  );
}

/** A placeholder for the five characters that the API server appends to a generated name. */
function nameGenerated(value: unknown): void {
  const { metadata } = (value ?? {}) as { metadata?: { name?: unknown; generateName?: unknown } | null };
  if (typeof metadata !== 'object' || metadata === null || metadata.name !== undefined) return;
  if (typeof metadata.generateName === 'string') metadata.name = `${metadata.generateName}xxxxx`;
}

function isObject(value: unknown): value is KubernetesObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Partial<Record<string, unknown>>;
  const name = (metadata as { name?: unknown } | undefined)?.name;
  return [apiVersion, kind, name].every((field) => typeof field === 'string');
}
