import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileChanges } from './changes';
import { attempt, OutputError, unlessMissing } from './error';
import { holds } from './inspect';
import { compareCodeUnits } from './key-order';
import { formatOwner, isSameOwner, type OutputOwner, parseOwner } from './owner';
import { replaceFile } from './replace';

/**
 * The half of the output that a synth writes. Both halves share a directory, and a synth of one half does not touch
 * the files of the other.
 */
export type OutputSide = 'kubernetes' | 'terraform';

/**
 * Valid paths of output files: relative, with `/`, and without a part that starts with a dot. A list that a person
 * has edited can therefore not make a synth remove files in `..`, `.git` or `.terraform`, other lists, or temporary
 * files. The lock file in the directory of a stack is allowed.
 */
const ownable = /^(?!#|[a-z]:)[^./\\\p{Cc}][^/\\\p{Cc}]*(?:\/[^./\\\p{Cc}][^/\\\p{Cc}]*)*$/iu;

/** The path of Terraform's dependency lock file in the directory of a stack. */
const providerLock = /^stacks\/[^./\\\p{Cc}][^/\\\p{Cc}]*\/\.terraform\.lock\.hcl$/u;

export function isOwnable(path: string): boolean {
  return ownable.test(path) || providerLock.test(path);
}

/**
 * The name of the file that lists the output files of a side. Without an extension such as .yaml, kubectl ignores it.
 */
export function listName(side: OutputSide): string {
  return `.honeydue-${side}`;
}

/**
 * The files that earlier runs of a side wrote, or were about to write when they were killed. Empty if the list was
 * deleted; obsolete files must then be removed by hand.
 *
 * @throws OutputError if the list contains a path that no synth writes
 */
export function readList(directory: string, side: OutputSide): string[] {
  const place = join(directory, listName(side));
  const text = attempt('read', place, () => unlessMissing(() => readFileSync(place, 'utf8'))) ?? '';
  const paths = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const foreign = paths.find((path) => !isOwnable(path));
  if (foreign !== undefined) {
    throw new OutputError(
      `${place} lists ${JSON.stringify(foreign)}, but a synth never writes such a path. Nothing was changed. ` +
        'Delete that line and run the synth again.',
    );
  }
  return [...new Set(paths)];
}

const ownerLine = '# deployment: ';

/**
 * The deployment to which a directory belongs, as its list records it. Undefined if no synth has recorded a
 * deployment.
 */
export function readOwner(directory: string, side: OutputSide): string | undefined {
  const place = join(directory, listName(side));
  const text = attempt('read', place, () => unlessMissing(() => readFileSync(place, 'utf8'))) ?? '';
  const line = text.split('\n').find((each) => each.startsWith(ownerLine));
  return line?.slice(ownerLine.length);
}

/** What a list records in addition to the files. */
export interface ListNotes {
  /** The paths of the values that the last run left unresolved. */
  readonly unresolved: readonly string[];
  /** Tasks that the operator still has to do in the cluster, each as one line of JSON. */
  readonly unsettled: readonly string[];
}

const noteLines: Readonly<Record<keyof ListNotes, string>> = {
  unresolved: '# unresolved: ',
  unsettled: '# unsettled: ',
};

/** The notes that the last run of a side recorded. */
export function readNotes(directory: string, side: OutputSide): ListNotes {
  const place = join(directory, listName(side));
  const text = attempt('read', place, () => unlessMissing(() => readFileSync(place, 'utf8'))) ?? '';
  const lines = text.split('\n');
  const noted = (start: string) =>
    lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
  return { unresolved: noted(noteLines.unresolved), unsettled: noted(noteLines.unsettled) };
}

/** Replaces the notes of a list, and keeps its list of files. */
export function writeNotes(
  directory: string,
  side: OutputSide,
  notes: ListNotes,
  changes: FileChanges,
): void {
  writeList(directory, side, readList(directory, side), changes, readOwner(directory, side), notes);
}

/**
 * Refuses to write into the output directory of another deployment: a synth would remove all files of that
 * deployment, and Terraform's state in the directory would belong to another configuration.
 *
 * @param owner the deployment that is about to be written
 * @param elsewhere a directory to suggest in the message
 * @throws OutputError if the directory belongs to another deployment
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
    `${directory} contains the output of another deployment: ${recorded}. This deployment is: ${line}. Nothing was changed. Write this output to another directory, ` +
      `for example with --out ${elsewhere}. If the two are the same deployment, change the line "${ownerLine}${recorded}" in ` +
      `${join(directory, listName(side))} to "${ownerLine}${line}", and run the synth again.`,
  );
}

/**
 * Writes the list, unless it already contains these files and this owner. An equal list keeps its modification time.
 */
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
