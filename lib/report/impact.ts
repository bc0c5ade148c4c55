import { type Consequence, type ConsequenceClass, consequenceClasses } from '../analysis/impact/consequence';
import type { Impact } from '../analysis/impact/impact';
import type { CostChange } from '../analysis/impact/terraform/cost-change';
import { describeSum } from '../terraform/hetzner/cost-item';
import { priceSource } from '../terraform/hetzner/prices';
import { paint, type Style } from './paint';
import { wrap } from './wrap';

/** An impact, the names of both outputs, and the state of the acknowledgements. */
export interface ReportedImpact extends Impact {
  /** The names of the two outputs, such as `main (3f2c1ab)` and `the working tree`. */
  readonly base: string;
  readonly head: string;
  /** The consequences that must be acknowledged (classes lost and fails) and are not. */
  readonly open: readonly Consequence[];
  /** Acknowledgements that match no consequence. */
  readonly unused: readonly string[];
  /** Warnings about the prices. They are printed after the cost. @default none */
  readonly priceWarnings?: readonly string[];
}

/** The limits of the analysis. They are printed at the end of each report. */
export const impactAssumptions: readonly string[] = [
  'Assumed: the cluster and the servers match the base. This command reads no cluster and no Terraform state.',
  'Not included: manual changes in the cluster, and objects that are not in the outputs.',
  'Durations do not include image pulls, scheduling and the attachment of volumes.',
  'A field that is added with its default value counts as a change.',
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
  /** Whether all in-place changes are listed. @default false: up to ten are listed; more than ten are only counted */
  readonly all?: boolean;
}

/** Prints the impact for a terminal. */
export function impactText(
  impact: ReportedImpact,
  { colour = false, width = 100, all = false }: TextOptions = {},
): string {
  const sections = impactSections(impact, { colour, width, all });
  const listsInPlace = all || hasFewInPlace(impact.consequences);
  const ends = [
    ...describeCost(impact),
    ...closing(impact, listsInPlace),
    ...impactAssumptions.slice(0, 2),
    ...impact.notAsked,
  ];
  return `${[headline(impact), '', ...sections, ...ends.flatMap((line) => wrap(line, width, ''))].join('\n')}\n`;
}

/** Prints the consequences by class, worst first. */
export function impactSections(
  impact: Pick<ReportedImpact, 'consequences'>,
  { colour = false, width = 100, all = false }: TextOptions,
): string[] {
  const styled = (style: Style, text: string) => (colour ? paint(style, text) : text);
  const listsInPlace = all || hasFewInPlace(impact.consequences);
  const listed = consequenceClasses.filter((each) => listsInPlace || each !== 'in place');
  return listed.flatMap((kind) => {
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

/** Whether the in-place changes are few enough to list. A short list shows what was edited. */
export function hasFewInPlace(consequences: readonly Consequence[]): boolean {
  return consequences.filter((each) => each.class === 'in place').length <= 10;
}

/** Formats the cost: `Cost at Hetzner: 20.97 EUR a month -> 22.97 EUR a month.` Empty if the cost stays the same. */
export function describeCost({
  cost,
  priceWarnings = [],
}: Pick<ReportedImpact, 'cost' | 'priceWarnings'>): string[] {
  if (cost === undefined) return [];
  const [before, after] = [cost.before, cost.after].map(describeSum);
  return [
    `Cost at Hetzner: ${before} -> ${after}. The newest price source is from ${priceSource.asOf}.`,
    ...priceWarnings,
  ];
}

function closing(
  { consequences, sameInOtherBytes, open, unused }: ReportedImpact,
  listsInPlace: boolean,
): string[] {
  const inPlace = consequences.filter((each) => each.class === 'in place').length;
  return [
    ...(listsInPlace ? [] : [`${inPlace} in-place changes: --verbose lists them.`]),
    ...formattingOnly(sameInOtherBytes),
    ...unused.map(
      (each) =>
        `Acknowledgement without a matching consequence of this change: ${each}. Remove this acknowledgement.`,
    ),
    ...open.map((each) => `To accept this: --acknowledge '${each.class}:${each.object}'`),
  ];
}

function formattingOnly(files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const changes = files.length === 1 ? 'One file has' : `${files.length} files have`;
  return [`${changes} formatting-only changes: ${files.join(', ')}.`];
}

/** Formats the first line: `main (3f2c1ab) -> the working tree: 1 lost, 2 restart, 5 in place.` */
function headline({ base, head, consequences }: ReportedImpact): string {
  return `${base} -> ${head}: ${countConsequences(consequences)}.`;
}

/** Plural forms of the classes whose name is a verb. */
const plurals: Partial<Record<ConsequenceClass, string>> = { fails: 'fail', restarts: 'restart' };

/** Formats the number of consequences of a class: `1 restarts`, `2 restart`, `2 in place`. */
export function countClass(count: number, kind: ConsequenceClass): string {
  return `${count} ${count === 1 ? kind : (plurals[kind] ?? kind)}`;
}

/** Formats the number of consequences of each class: `1 lost, 2 restart, 5 in place`. */
export function countConsequences(consequences: readonly Consequence[]): string {
  const counts = consequenceClasses.flatMap((kind) => {
    const count = consequences.filter((each) => each.class === kind).length;
    return count === 0 ? [] : countClass(count, kind);
  });
  return counts.length === 0 ? 'nothing changes' : counts.join(', ');
}

/** The impact as JSON, as docs/impact.md describes it. An incompatible change raises `version`. */
export interface ImpactJson {
  readonly version: 1;
  readonly base: string;
  readonly head: string;
  readonly assumptions: readonly string[];
  /** The number of consequences of each class. */
  readonly counts: Readonly<Record<ConsequenceClass, number>>;
  /** Worst first. */
  readonly consequences: readonly (Consequence & {
    /** Only the classes lost and fails need an acknowledgement. */
    readonly acknowledged: boolean;
  })[];
  readonly sameInOtherBytes: readonly string[];
  /** Acknowledgements that match no consequence, such as `lost:PersistentVolumeClaim shop/data`. */
  readonly unusedAcknowledgements: readonly string[];
  /** The costs at Hetzner in EUR a month, without VAT. Null if the cost stays the same. */
  readonly cost: CostChange | null;
}

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
    cost: impact.cost ?? null,
  };
}
