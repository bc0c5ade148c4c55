import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputFile } from '../documents/file';
import { type FileChanges, fileChanges } from './changes';
import { attempt, OutputError, unlessMissing } from './error';
import { holds, inspect, inspectDirectory } from './inspect';
import { compareCodeUnits } from './key-order';
import { removeFile, removeLeftovers, replaceFile } from './replace';
import type { WriteResult } from './write';

/**
 * Writes generated documents into a directory that may also contain documents of the user. Each generated document
 * begins with a line that marks it as generated. Only files with this first line are replaced and removed.
 *
 * @param mark the first line of every generated file
 * @throws OutputError if a file of the user has the path of a generated document. Nothing is changed then
 */
export function writeGenerated(
  directory: string,
  mark: string,
  files: readonly OutputFile[],
  changes: FileChanges = fileChanges,
): WriteResult {
  inspectDirectory(directory);
  const changed = files.filter(
    ({ path, text }) => !holds(join(directory, path), inspect(directory, path), text),
  );
  const foreign = changed.find(({ path }) => isForeign(join(directory, path), mark));
  if (foreign !== undefined)
    throw new OutputError(
      `${join(directory, foreign.path)} is not a generated file: its first line is not ${mark}. Nothing was changed. Move the file to another place, or choose another directory with --out.`,
    );
  const wanted = new Set(files.map(({ path }) => path));
  const names = attempt('read', directory, () => unlessMissing(() => readdirSync(directory))) ?? [];
  const stale = names.filter(
    (name) => name.endsWith('.md') && !wanted.has(name) && firstLine(join(directory, name)) === mark,
  );
  removeLeftovers(directory, wanted, changes);
  for (const { path, text } of changed) replaceFile(join(directory, path), text, changes);
  const removed = stale.filter((name) => removeFile(join(directory, name), changes)).sort(compareCodeUnits);
  const written = changed.map(({ path }) => path);
  return { written, unchanged: [...wanted].filter((path) => !written.includes(path)), removed };
}

function isForeign(path: string, mark: string): boolean {
  const line = firstLine(path);
  return line !== undefined && line !== mark;
}

function firstLine(path: string): string | undefined {
  const text = attempt('read', path, () => unlessMissing(() => readFileSync(path, 'utf8')));
  return text?.split('\n')[0];
}
