import { type Consequence, type ConsequenceClass, consequenceClasses } from '../analysis/impact/consequence';
import type { Impact } from '../analysis/impact/impact';
import { paint, type Style } from './paint';
import { wrap } from './wrap';

/** An impact, between what, and what of it somebody has said yes to. */
export interface ReportedImpact extends Impact {
  /** How people call the two outputs: `main (3f2c1ab)`, `the working tree`. */
  readonly base: string;
  readonly head: string;
  /** What is lost or fails and nobody has acknowledged. */
  readonly open: readonly Consequence[];
  /** Acknowledgements that met nothing. */
  readonly unused: readonly string[];
}

/** What every report ends with. */
export const impactAssumptions: readonly string[] = [
  'No cluster and no state was read: what the base describes is taken to run as it stands there.',
  'What somebody changed by hand, and objects that neither output describes, are not seen.',
  'Pulling images, finding a node for a pod, and attaching a volume come on top of every duration.',
  'A value that is written out where it was left to its default counts as a change, though a server may see none.',
];

const styles: Readonly<Record<ConsequenceClass, Style>> = {
  lost: ['bold', 'red'],
  fails: ['bold', 'red'],
  replaced: ['bold', 'magenta'],
  restarts: ['bold', 'yellow'],
  exposed: ['bold', 'yellow'],
  'cut off': ['bold', 'yellow'],
  'left behind': ['bold', 'cyan'],
  'in place': ['bold', 'green'],
};

export interface TextOptions {
  /** @default false */
  readonly colour?: boolean;
  /** @default 100 */
  readonly width?: number;
  /** Tell what changes in place, too, and not only how many do. @default false */
  readonly all?: boolean;
}

/** The impact for a terminal. */
export function impactText(
  impact: ReportedImpact,
  { colour = false, width = 100, all = false }: TextOptions = {},
): string {
  const sections = impactSections(impact, { colour, width, all });
  const ends = [...closing(impact, all), ...impactAssumptions.slice(0, 2), ...impact.notAsked];
  return `${[headline(impact), '', ...sections, ...ends.flatMap((line) => wrap(line, width, ''))].join('\n')}\n`;
}

/** The consequences by class, worst first, each in a few lines. */
export function impactSections(
  impact: Pick<ReportedImpact, 'consequences'>,
  { colour = false, width = 100, all = false }: TextOptions,
): string[] {
  const styled = (style: Style, text: string) => (colour ? paint(style, text) : text);
  const told = consequenceClasses.filter((each) => all || each !== 'in place');
  return told.flatMap((kind) => {
    const own = impact.consequences.filter((each) => each.class === kind);
    if (own.length === 0) return [];
    const items = own.flatMap((each) => [
      `  ${styled('bold', each.object)}${each.field === '' ? '' : ` ${styled('dim', each.field)}`}`,
      ...wrap(each.reason, width, '    '),
      ...(each.wayOut === '' ? [] : wrap(`-> ${each.wayOut}`, width, '    ')),
    ]);
    return [styled(styles[kind], `${kind} (${own.length})`), ...items, ''];
  });
}

function closing({ consequences, sameInOtherBytes, open, unused }: ReportedImpact, all: boolean): string[] {
  const inPlace = consequences.filter((each) => each.class === 'in place').length;
  return [
    ...(inPlace > 0 && !all ? [`In place: ${inPlace}, which --verbose lists.`] : []),
    ...bytes(sameInOtherBytes),
    ...unused.map((each) => `Acknowledged, and not among the consequences: ${each}.`),
    ...open.map((each) => `To go on all the same: --acknowledge '${each.class}:${each.object}'`),
  ];
}

function bytes(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const differ = files.length === 1 ? 'One file differs' : `${files.length} files differ`;
  return [`${differ} in bytes alone, which is nothing: ${files.join(', ')}.`];
}

/** `main (3f2c1ab) -> the working tree: 1 lost, 2 restarts, 5 in place.` */
function headline({ base, head, consequences }: ReportedImpact): string {
  return `${base} -> ${head}: ${counted(consequences)}.`;
}

function counted(consequences: readonly Consequence[]): string {
  const counts = consequenceClasses.flatMap((kind) => {
    const count = consequences.filter((each) => each.class === kind).length;
    return count === 0 ? [] : `${count} ${kind}`;
  });
  return counts.length === 0 ? 'nothing changes' : counts.join(', ');
}

/** A change of this shape that breaks its readers raises `version`. docs/impact.md describes it. */
export interface ImpactJson {
  readonly version: 1;
  readonly base: string;
  readonly head: string;
  readonly assumptions: readonly string[];
  /** How many of each class there are. */
  readonly counts: Readonly<Record<ConsequenceClass, number>>;
  /** Worst first. */
  readonly consequences: readonly (Consequence & {
    /** Somebody has said yes to it; only what is lost or fails needs that. */
    readonly acknowledged: boolean;
  })[];
  readonly sameInOtherBytes: readonly string[];
  /** Acknowledgements that met nothing, such as `lost:PersistentVolumeClaim shop/data`. */
  readonly unusedAcknowledgements: readonly string[];
}

/** The impact for programs. */
export function impactJson(impact: ReportedImpact): ImpactJson {
  const { base, head, consequences, sameInOtherBytes, open, unused } = impact;
  const isOpen = new Set(open);
  const count = (kind: ConsequenceClass) => consequences.filter((each) => each.class === kind).length;
  return {
    ...{ version: 1, base, head, assumptions: [...impactAssumptions, ...impact.notAsked] },
    counts: Object.fromEntries(consequenceClasses.map((kind) => [kind, count(kind)])) as ImpactJson['counts'],
    consequences: consequences.map((each) => ({
      ...each,
      acknowledged: ['lost', 'fails'].includes(each.class) && !isOpen.has(each),
    })),
    sameInOtherBytes,
    unusedAcknowledgements: unused,
  };
}
