import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChanges } from './changes';
import { attempt, OutputError, unlessMissing } from './error';
import { holds } from './inspect';
import { compareCodeUnits } from './key-order';
import { formatOwner, isSameOwner, type OutputOwner, parseOwner } from './owner';
import { replaceFile } from './replace';

/** The writing side: both sides share a directory, and no side touches the other's files. */
export type OutputSide = 'kubernetes' | 'terraform';

/**
 * A valid path of the output: relative, with `/`, and without a part that starts with a dot. An edited list
 * can therefore not name `..`, `.git`, `.terraform`, a list or a temporary file. The lock file of a stack's
 * providers is the exception.
 */
const ownable = /^(?!#|[a-z]:)[^./\\\p{Cc}][^/\\\p{Cc}]*(?:\/[^./\\\p{Cc}][^/\\\p{Cc}]*)*$/iu;

/** Terraform's lock file in the directory of a stack. */
const providerLock = /^stacks\/[^./\\\p{Cc}][^/\\\p{Cc}]*\/\.terraform\.lock\.hcl$/u;

export function isOwnable(path: string): boolean {
  return ownable.test(path) || providerLock.test(path);
}

/** The name of the list of a side's files. kubectl reads no file with this ending. */
export function listName(side: OutputSide): string {
  return `.honeydue-${side}`;
}

/**
 * The files that earlier runs of a side wrote, or were about to write when they were killed. If the list was
 * deleted, there are none, and stale files must be removed by hand.
 *
 * @throws OutputError if the list has a path that no synth writes
 */
export function readList(directory: string, side: OutputSide): string[] {
  const place = join(directory, listName(side));
  const text = attempt('read', place, () => unlessMissing(() => readFileSync(place, 'utf8'))) ?? '';
  const paths = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const foreign = paths.find((path) => !isOwnable(path));
  if (foreign !== undefined) {
    throw new OutputError(
      `${place} lists ${JSON.stringify(foreign)}, which no synth writes. Nothing was changed. ` +
        'Delete that line and run the synth again.',
    );
  }
  return [...new Set(paths)];
}

const ownerLine = '# deployment: ';

/** The deployment that a directory belongs to; undefined if no synth has recorded one. */
export function readOwner(directory: string, side: OutputSide): string | undefined {
  const place = join(directory, listName(side));
  const text = attempt('read', place, () => unlessMissing(() => readFileSync(place, 'utf8'))) ?? '';
  const line = text.split('\n').find((each) => each.startsWith(ownerLine));
  return line?.slice(ownerLine.length);
}

/** Records of a list in addition to the files. */
export interface ListNotes {
  /** The paths of the values that the last run left unresolved. */
  readonly unresolved: readonly string[];
  /** The tasks of the operator in the cluster, each as one line of JSON. */
  readonly unsettled: readonly string[];
}

const noteLines: Readonly<Record<keyof ListNotes, string>> = {
  unresolved: '# unresolved: ',
  unsettled: '# unsettled: ',
};

/** The notes of the last run of a side. */
export function readNotes(directory: string, side: OutputSide): ListNotes {
  const place = join(directory, listName(side));
  const text = attempt('read', place, () => unlessMissing(() => readFileSync(place, 'utf8'))) ?? '';
  const lines = text.split('\n');
  const noted = (start: string) =>
    lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
  return { unresolved: noted(noteLines.unresolved), unsettled: noted(noteLines.unsettled) };
}

/** Replaces the notes of a list and keeps its files. */
export function writeNotes(
  directory: string,
  side: OutputSide,
  notes: ListNotes,
  changes: FileChanges,
): void {
  writeList(directory, side, readList(directory, side), changes, readOwner(directory, side), notes);
}

/**
 * Refuses the directory of another deployment: a synth would remove all of its files, and Terraform's state would no longer
 * belong to the configuration next to it.
 *
 * @param owner the deployment that is about to be written
 * @param elsewhere a directory that it could be written to
 * @throws OutputError with the way out
 */
export function refuseOtherOwner(
  directory: string,
  side: OutputSide,
  owner: OutputOwner,
  elsewhere: string,
): void {
  const recorded = readOwner(directory, side);
  if (recorded === undefined || isSameOwner(parseOwner(recorded), owner)) return;
  const line = formatOwner(owner);
  throw new OutputError(
    `${directory} holds the output of another deployment: ${recorded}. This is ${line}. Nothing was changed. Write it elsewhere, ` +
      `such as with --out ${elsewhere}. If it is the same deployment, change the line "${ownerLine}${recorded}" in ` +
      `${join(directory, listName(side))} to "${ownerLine}${line}", and run the synth again.`,
  );
}

/** Keeps the list as it is, to the time of its change, if it names these files and this owner already. */
export function writeList(
  directory: string,
  side: OutputSide,
  paths: Iterable<string>,
  changes: FileChanges,
  owner: string | undefined = readOwner(directory, side),
  notes: ListNotes = readNotes(directory, side),
): void {
  const place = join(directory, listName(side));
  const comment = `# The synth (${side}) wrote these files: it replaces and removes them, and no others.`;
  const owned = owner === undefined ? [] : [`${ownerLine}${owner}`];
  const noted = (['unresolved', 'unsettled'] as const).flatMap((kind) =>
    notes[kind].map((note) => `${noteLines[kind]}${note}`),
  );
  const text = [comment, ...owned, ...noted, ...[...paths].sort(compareCodeUnits), ''].join('\n');
  const stats = attempt('read', place, () => lstatSync(place, { throwIfNoEntry: false }));
  if (!holds(place, stats, text)) {
    replaceFile(place, text, changes);
  }
}
