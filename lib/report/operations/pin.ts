import type { PinReport } from '../../operations/pin/pin';
import type { ImagePin, PinOutcome } from '../../operations/pin/pin-outcome';
import { describeTable } from '../table';

/** The text for each outcome in the table. */
const outcomes: Readonly<Record<PinOutcome, string>> = {
  unchanged: 'unchanged',
  kept: 'kept: changed only for architectures that no node has',
  moved: 'moved',
  pinned: 'pinned',
  unresolved: 'the tag is unresolved',
  failed: 'failed',
};

/**
 * Prints the result of `pin`: a line for each image that changed, and the number of all other images.
 *
 * @param everything print a line for every image
 */
export function pinText({ images, written }: PinReport, check: boolean, everything: boolean): string {
  const failed = images.filter(({ outcome }) => outcome === 'failed');
  const shown = everything
    ? images
    : images.filter(({ outcome }) => ['kept', 'moved', 'pinned'].includes(outcome));
  const table = shown.length === 0 ? '' : `${tableOf(shown).join('\n')}\n\n`;
  const counts = (Object.keys(outcomes) as PinOutcome[]).flatMap((outcome) => {
    const count = images.filter((each) => each.outcome === outcome).length;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  const end = check || written.length === 0 ? 'nothing was written' : `${written.join(' and ')} written`;
  return `${table}${counts.join(', ')}; ${end}.\n${unresolvedHint(images)}${restarts(images, check || failed.length > 0)}`;
}

/** Prints the errors of a run, one on each line. */
export function pinErrors({ images }: PinReport): string {
  return images
    .flatMap(({ name, message }) => (message === undefined ? [] : [`images.${name}: ${message}.\n`]))
    .join('');
}

function tableOf(images: readonly ImagePin[]): string[] {
  return describeTable({ head: 'Image', cells: images.map(({ name }) => name) }, [
    { head: 'Tag', cells: images.map(({ tag = '', tagBefore }) => change(tagBefore, tag)) },
    {
      head: 'Digest',
      cells: images.map(({ digest, digestBefore }) =>
        change(short(digestBefore), short(digest ?? digestBefore)),
      ),
    },
    { head: 'Result', cells: images.map(({ outcome }) => outcomes[outcome]) },
  ]);
}

function change(before: string | undefined, after: string | undefined): string {
  return before === undefined || before === after ? (after ?? '') : `${before} -> ${after}`;
}

function short(digest: string | undefined): string | undefined {
  return digest?.slice(0, 'sha256:'.length + 12);
}

function unresolvedHint(images: readonly ImagePin[]): string {
  return images.some(({ outcome }) => outcome === 'unresolved')
    ? 'To list the unresolved tags: npx honeydue unresolved. To set one: npx honeydue pin IMAGE=TAG.\n'
    : '';
}

/** Lists the workloads that the next apply restarts. */
function restarts(images: readonly ImagePin[], isSkipped: boolean): string {
  const moved = images.filter(({ outcome }) => outcome === 'moved');
  const names = [...new Set(moved.flatMap(({ workloads }) => workloads))].sort();
  if (isSkipped || names.length === 0) return '';
  return `The next apply restarts ${names.join(', ')}; npx honeydue impact --base HEAD lists the effects.\n`;
}
