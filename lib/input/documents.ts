import { type Alias, type Document, isNode } from 'yaml';
import type { KubernetesObject } from '../documents/kubernetes';
import { manifestFiles } from './manifest-files';
import { type ManifestYaml, parseManifestYaml, rememberTexts } from './manifest-yaml';
import { ConfigError, type Place, type Problem } from './problem';
import type { Path } from './source';
import { type FileRole, readText } from './text';
import { aliasTargets, walk } from './yaml-nodes';

/** An object of a manifest, and where each of its values is written. */
export interface LocatedObject {
  readonly object: KubernetesObject;
  /** Where the value at a path is written. If the value does not exist, its nearest existing parent. */
  readonly placeOf: (path: Path) => Place;
}

export const standardInput = '-';

/**
 * Reads the objects in manifest files. A file can hold several documents. Empty documents are skipped, and Lists are
 * replaced by their items.
 *
 * @param paths files, directories of YAML and JSON files, or `-` for standard input
 * @throws ConfigError with every unreadable file and every document that is not a Kubernetes object
 */
export function readManifests(paths: readonly string[]): KubernetesObject[] {
  return readLocatedManifests(paths).map(({ object }) => object);
}

/**
 * Like `readManifests`, but also returns where each value is written.
 *
 * @throws ConfigError with every file that can't be read, and every document that is not a Kubernetes object
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
      // Only the first error is reported, because the parser can misread everything after it.
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
          `contains itself: the alias *${name} is inside the value of its own anchor &${name}; write the value instead of the alias`,
          line,
          column,
        );
        return [];
      }
      const value = contentOf(document);
      if (value instanceof Error) fail(value.message, place.line, place.column);
      // A template that renders nothing leaves a document with a comment only.
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
        'is not a Kubernetes object, which must have apiVersion, kind, and metadata.name or metadata.generateName',
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

/** A pipe is allowed, so that `<(helm template …)` works. */
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

/** Finds an alias inside the value that its own anchor names, which would be an endless value. */
function endlessAlias(document: Document): Alias | undefined {
  return [...aliasTargets(document)].find(([alias, target]) => {
    let within = false;
    walk(target, (node) => {
      within ||= node === alias;
    });
    return within;
  })?.[0];
}

/** The value of a document. An Error if the document can't be read. */
function contentOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return new Error(`can't be read: ${(error as Error).message}`);
  }
}

/**
 * The items of a List, or of a kind such as PodList: `kubectl get -o yaml` prints several objects in this form. The
 * items may lack apiVersion and kind.
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

/**
 * Gives an object with generateName a name: a placeholder replaces the five characters that the API server would
 * append.
 */
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
