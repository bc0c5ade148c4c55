import { readFileSync } from 'node:fs';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../documents/kubernetes';
import { ConfigError, type Problem } from './problem';

/**
 * The objects of manifests, whoever wrote them: several documents a file, and Lists unfolded.
 *
 * @throws ConfigError with every file that can't be read and every document that is no Kubernetes object
 */
export function readManifests(paths: readonly string[]): KubernetesObject[] {
  const problems: Problem[] = [];
  const objects = paths.flatMap((path) => {
    const fail = (message: string, line = 1, column = 1) => {
      problems.push({ place: { file: path, line, column }, path: '', message });
    };
    const lines = new LineCounter();
    const documents = parseAllDocuments(readText(path, fail), { lineCounter: lines, prettyErrors: false });
    return [...documents].flatMap((document) => {
      const place = lines.linePos(document.range?.[0] ?? 0);
      for (const fault of document.errors) {
        const { line, col } = lines.linePos(fault.pos[0]);
        fail(`is not YAML: ${fault.message}`, line, col);
      }
      if (document.errors.length > 0 || document.contents === null) return [];
      const found = unfold(document.toJS());
      if (found.every(isObject)) return found;
      fail('is no Kubernetes object: it must have apiVersion, kind and metadata.name', place.line, place.col);
      return [];
    });
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return objects;
}

function readText(path: string, fail: (message: string) => void): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    fail(`can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}); name a YAML file`);
    return '';
  }
}

function unfold(value: unknown): unknown[] {
  const { kind, items } = (value ?? {}) as { kind?: unknown; items?: unknown };
  return kind === 'List' && Array.isArray(items) ? items : [value];
}

function isObject(value: unknown): value is KubernetesObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Partial<Record<string, unknown>>;
  const name = (metadata as { name?: unknown } | undefined)?.name;
  return [apiVersion, kind, name].every((field) => typeof field === 'string');
}
