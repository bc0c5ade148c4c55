import {
  type DifferenceSection,
  differenceSections,
  type EnvironmentDifference,
} from '../deployment/difference/difference';

/** The maximum number of differences that are listed for a section. Further differences are counted. */
const listedDifferences = 10;

/** The names of the two environments that are compared. */
export interface ComparedNames {
  readonly own: string;
  readonly other: string;
}

/**
 * Prints the differences by section. `+` marks values that only the first environment has, `-` values that only the
 * second has.
 */
export function differencesText(
  differences: readonly EnvironmentDifference[],
  names: ComparedNames,
  all: boolean,
): string {
  if (differences.length === 0) return `${names.own} and ${names.other} do not differ.\n`;
  const sections = differenceSections
    .map((section) => [section, differences.filter((each) => each.section === section)] as const)
    .filter(([, found]) => found.length > 0);
  const title = `${names.own} compared with ${names.other}: + only in ${names.own}, - only in ${names.other}, ~ in both\n`;
  return [title, ...sections.map(([section, found]) => sectionText(section, found, all))].join('\n');
}

function sectionText(
  section: DifferenceSection,
  found: readonly EnvironmentDifference[],
  all: boolean,
): string {
  const lines = (all ? found : summarized(found)).map(differenceLine);
  const shown = all ? lines : lines.slice(0, listedDifferences);
  const left = lines.length - shown.length;
  const more = left === 0 ? '' : `  ${left} more: --verbose lists them\n`;
  return `${section}: ${found.length}\n${shown.join('')}${more}`;
}

/** Merges the values of one part that only one environment has into one line. */
function summarized(found: readonly EnvironmentDifference[]): EnvironmentDifference[] {
  const partOf = ({ subject, own, other }: EnvironmentDifference) =>
    own !== undefined && other !== undefined
      ? undefined
      : `${own === undefined} ${subject.split('.', 2).join('.')}`;
  const parts = new Map<string, EnvironmentDifference[]>();
  for (const each of found) {
    const part = partOf(each) ?? `both ${each.subject}`;
    parts.set(part, [...(parts.get(part) ?? []), each]);
  }
  return [...parts.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length === 1) return group;
    const values = `${group.length} values`;
    return [
      {
        ...first,
        subject: first.subject.split('.', 2).join('.'),
        ...(first.own === undefined ? { other: values } : { own: values }),
      },
    ];
  });
}

function differenceLine({ section, subject, own, other }: EnvironmentDifference): string {
  if (own === undefined) return `  - ${subject}${valueText(section, other)}\n`;
  if (other === undefined) return `  + ${subject}${valueText(section, own)}\n`;
  return `  ~ ${subject}: ${other} -> ${own}\n`;
}

/** Formats the value of a difference. A flow has no value: it is either allowed or absent. */
function valueText(section: DifferenceSection, value = ''): string {
  return section === 'flows' ? '' : `: ${value}`;
}
