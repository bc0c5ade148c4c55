import { join } from 'node:path';
import type { OutputFile } from '../documents/file';
import { holds, inspect } from './inspect';
import { type OutputSide, readList } from './owned';

/** The files of earlier runs that this run will change or remove. */
export function changingFiles(directory: string, side: OutputSide, files: readonly OutputFile[]): string[] {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return readList(directory, side)
    .map((path) => ({ path, place: join(directory, path), stats: inspect(directory, path) }))
    .filter(({ path, place, stats }) => {
      const text = texts.get(path);
      return stats?.isFile() === true && (text === undefined || !holds(place, stats, text));
    })
    .map(({ place }) => place);
}
