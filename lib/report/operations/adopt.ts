import type { AdoptReport, LeftValue } from '../../operations/adopt/adopt';
import type { LastWriter, LiveDifference, UndescribedThing } from '../../operations/adopt/source';
import type { TextOptions } from '../impact';
import { paint } from '../paint';
import { unifiedDiff } from './line-diff';

/** The maximum number of entries that are listed. Further entries are counted. */
const listed = 10;

/** Prints the result of `adopt`: the values to write, the values that stay unresolved and why, and what else runs. */
export function adoptionText(adoption: AdoptReport, { colour = false, all = false }: TextOptions): string {
  const { sources, filled, left, survey, files } = adoption;
  const read = sources.filter(({ notAsked }) => notAsked === undefined).map(({ name }) => name);
  const sections = [
    [
      `Sources read: ${read.join(', ') || 'none'}.`,
      ...sources.flatMap(({ name, notAsked }) =>
        notAsked === undefined ? [] : [`Source not read: ${name}: ${notAsked}`],
      ),
      ...(survey.unread ?? []).map((reason) => `Not read: ${reason}`),
    ],
    ...files.map(({ path, before, after }) => [
      `--- ${before === '' ? '/dev/null' : path}`,
      `+++ ${path}`,
      ...unifiedDiff(before, after).map((line) => (colour ? coloured(line) : line)),
    ]),
    listOf('Runs, but is not in the configuration', survey.undescribed.map(undescribedLines), all),
    listOf(
      'Runs with settings that differ from the configuration; the next apply changes them',
      differenceLines(survey.differences, all).map((line) => [line]),
      all,
    ),
    leftSection(left, all),
    [`${count(filled.length, 'value')} found, ${left.length} still unresolved.`],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function coloured(line: string): string {
  if (line.startsWith('+')) return paint('green', line);
  return line.startsWith('-') ? paint('red', line) : line;
}

/** @param items the lines of each entry */
function listOf(title: string, items: readonly (readonly string[])[], all: boolean): string[] {
  if (items.length === 0) return [];
  const shown = all ? items : items.slice(0, listed);
  const rest = items.length - shown.length;
  return [
    `${title}:`,
    ...shown.flat().map((line) => `  ${line}`),
    ...(rest === 0 ? [] : [`  ${rest} more: --verbose lists them`]),
  ];
}

function undescribedLines({ name, writtenBy, entry, command }: UndescribedThing): string[] {
  return [
    `${name}${writerText(writtenBy)}`,
    ...(entry === undefined ? [] : [`  to add it to the configuration: ${entry}`]),
    ...(command === undefined ? [] : [`  to delete it: ${command}`]),
  ];
}

/**
 * Describes the differences. Unless all are printed, the fields of an object are counted by the manager that last
 * wrote them.
 */
function differenceLines(differences: readonly LiveDifference[], all: boolean): string[] {
  if (all)
    return differences.map(
      ({ name, field, values, writtenBy }) => `${name} ${field} ${values}${writerText(writtenBy)}`,
    );
  const writers = [...new Set(differences.map(writerLine))];
  return writers.map((line) => {
    const { length } = differences.filter((each) => writerLine(each) === line);
    return line.replace('\n', `: ${count(length, 'field')}`);
  });
}

function writerLine({ name, writtenBy }: LiveDifference): string {
  return `${name}\n${writerText(writtenBy)}`;
}

function writerText(writer: LastWriter | undefined): string {
  return writer === undefined ? '' : ` (${writer.name}, ${writer.time})`;
}

/** Lists the values that were not found. Ambiguous values are always listed, with the candidates to choose from. */
function leftSection(left: readonly LeftValue[], all: boolean): string[] {
  const isAmbiguous = ({ failures }: LeftValue) => failures.some(({ failure }) => failure === 'ambiguous');
  const unasked = left.filter(({ failures }) => failures.length === 0);
  const others = left.filter((value) => !unasked.includes(value) && !isAmbiguous(value));
  return [
    ...left.filter(isAmbiguous).map((value) => `Ambiguous: ${leftLine(value)}`),
    ...listOf('Not found', leftGroups(others), all),
    ...(unasked.length === 0
      ? []
      : [
          `${count(unasked.length, 'value')} can't be found automatically: npx honeydue unresolved lists them.`,
        ]),
  ];
}

/** Groups values by the reason why they were not found, such as a source that could not be read. */
function leftGroups(left: readonly LeftValue[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const value of left) groups.set(reasonOf(value), [...(groups.get(reasonOf(value)) ?? []), value.path]);
  return [...groups].map(([reason, paths]) => [`${paths.join(', ')}: ${reason}`]);
}

function leftLine(value: LeftValue): string {
  return `${value.path}: ${reasonOf(value)}`;
}

function reasonOf({ failures }: LeftValue): string {
  return failures
    .map(({ source, reason, candidates = [] }) =>
      candidates.length === 0 ? `${source}: ${reason}` : `${source}: ${reason}: ${candidates.join(' or ')}`,
    )
    .join(': ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
