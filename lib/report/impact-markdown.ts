import { type Consequence, consequenceClasses } from '../analysis/impact/consequence';
import {
  countClass,
  countConsequences,
  describeCost,
  hasFewInPlace,
  impactAssumptions,
  type ReportedImpact,
} from './impact';

/** A workflow uses this line to find and update its earlier comment. */
export const commentMark = '<!-- honeydue impact -->';

/** The number of consequences that are visible without unfolding. */
const shown = 10;

/** The maximum number of acknowledgements that are printed for pasting. */
const mostTrailers = 100;

/** The maximum number of characters of the comment. GitHub's limit is 65,536; Gitea's is higher. */
const longest = 60_000;

/**
 * Formats the impact as a comment on a pull request: the ten worst consequences, and all others in a folded section.
 */
export function impactMarkdown(impact: ReportedImpact): string {
  const { base, head, consequences, open, unused, notAsked } = impact;
  const listed = hasFewInPlace(consequences)
    ? consequences
    : consequences.filter((each) => each.class !== 'in place');
  const title = `### Impact: ${countConsequences(consequences)}`;
  const lines = listed
    .slice(0, shown)
    .map((each) => `- **${each.class}** ${object(each)}: ${plain(first(each.reason))}`);
  const more = listed.length - lines.length;
  const visible = [
    commentMark,
    title,
    '',
    ...(lines.length === 0 ? ['No object restarts, and no connection or data is affected.'] : lines),
    ...(more > 0 ? [`- and ${more} more, below`] : []),
    ...describeCost(impact).flatMap((text) => ['', plain(text)]),
    ...(open.length === 0
      ? []
      : [
          '',
          `**${open.length} of these consequences must be acknowledged.** To acknowledge them, paste this into a commit message:`,
          '',
          ...trailers(open),
        ]),
    ...unused.flatMap((each) => [
      '',
      `Acknowledgement without a matching consequence of this change: ${code(each)}. Remove this acknowledgement.`,
    ]),
    '',
  ];
  const basis = `<sub>${plain(base)} -> ${plain(head)}. ${[...impactAssumptions, ...notAsked].map(plain).join(' ')}</sub>`;
  const text = [...visible, ...details(impact), '', basis, ''].join('\n');
  if (text.length <= longest) return text;
  // GitHub refuses a comment that is longer, so the details are left out.
  const hint = `${consequences.length} consequences are too many for a comment: \`npx honeydue impact\` lists them.`;
  return [...visible, hint, ''].join('\n');
}

/** Formats a commit trailer. A backtick or line break in a name must not end the code block. */
function trailer(each: Consequence): string {
  return `Acknowledge-Impact: ${each.class}:${each.object}`.replace(/[`\s]+/g, (space) =>
    /^ +$/.test(space) ? space : "'",
  );
}

function trailers(open: readonly Consequence[]): string[] {
  const more = open.length - mostTrailers;
  return [
    '```',
    ...open.slice(0, mostTrailers).map(trailer),
    ...(more > 0 ? [`and ${more} more: npx honeydue impact lists them`] : []),
    '```',
  ];
}

function details({ consequences, sameInOtherBytes }: ReportedImpact): string[] {
  return [
    ...consequenceClasses.flatMap((kind) => {
      const own = consequences.filter((each) => each.class === kind);
      return own.length === 0 ? [] : folded(countClass(own.length, kind), own.map(full));
    }),
    ...(sameInOtherBytes.length === 0
      ? []
      : folded(
          `${sameInOtherBytes.length} files with formatting-only changes`,
          sameInOtherBytes.map((path) => `- \`${path}\``),
        )),
  ];
}

function folded(title: string, lines: readonly string[]): string[] {
  return ['<details>', `<summary>${title}</summary>`, '', ...lines, '', '</details>'];
}

function full(each: Consequence): string {
  const field = each.field === '' ? '' : ` ${code(each.field)}`;
  const wayOut = each.wayOut === '' ? '' : `\n  - ${plain(each.wayOut)}`;
  return `- ${object(each)}${field}: ${plain(each.reason)}${wayOut}`;
}

function object(each: Consequence): string {
  return code(each.object);
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}

/** The first sentence of a reason, and also the second one if the first is short. */
function first(reason: string): string {
  const sentences = reason.split(/(?<=\.) (?=[A-Z0-9])/);
  const [one = '', two = ''] = sentences;
  return one.length < 90 ? `${one} ${two}`.trim() : one;
}

/** Escapes text for Markdown and HTML. */
function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~#@]/g, '\\$&');
}
