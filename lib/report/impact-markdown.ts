import { type Consequence, consequenceClasses } from '../analysis/impact/consequence';
import { impactAssumptions, type ReportedImpact } from './impact';

/** By this line a workflow finds the comment that it wrote before. */
export const commentMark = '<!-- honeydue impact -->';

/** So many lines are read; the rest is folded. */
const shown = 10;

/** More of them nobody should say yes to one by one. */
const mostTrailers = 100;

/** GitHub takes 65,536 characters a comment, and Gitea more. */
const longest = 60_000;

/** The impact as a comment on a pull request: ten lines that matter, and everything else folded. */
export function impactMarkdown(impact: ReportedImpact): string {
  const { base, head, consequences, open, unused, notAsked } = impact;
  const matters = consequences.filter((each) => each.class !== 'in place');
  const title = `### Impact: ${summary(consequences)}`;
  const lines = matters
    .slice(0, shown)
    .map((each) => `- **${each.class}** ${object(each)}: ${plain(first(each.reason))}`);
  const more = matters.length - lines.length;
  const visible = [
    commentMark,
    title,
    '',
    ...(lines.length === 0 ? ['Nothing restarts, opens, closes or goes.'] : lines),
    ...(more > 0 ? [`- and ${more} more, below`] : []),
    ...(open.length === 0
      ? []
      : [
          '',
          `**${open.length} of these must be acknowledged** by a line in the message of a commit:`,
          '',
          ...trailers(open),
        ]),
    ...unused.flatMap((each) => ['', `Acknowledged, and not among the consequences: ${code(each)}`]),
    '',
  ];
  const basis = `<sub>${plain(base)} -> ${plain(head)}. ${[...impactAssumptions, ...notAsked].map(plain).join(' ')}</sub>`;
  const text = [...visible, ...details(impact), '', basis, ''].join('\n');
  if (text.length <= longest) return text;
  // A comment that would be refused for its length says less.
  const hint = `${consequences.length} consequences are too many for a comment: \`npx honeydue impact\` tells them all.`;
  return [...visible, hint, ''].join('\n');
}

function summary(consequences: readonly Consequence[]): string {
  const counts = consequenceClasses.flatMap((kind) => {
    const count = consequences.filter((each) => each.class === kind).length;
    return count === 0 ? [] : `${count} ${kind}`;
  });
  return counts.length === 0 ? 'nothing changes' : counts.join(', ');
}

/** A name that no server would take must not end the block that it stands in. */
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
    ...(more > 0 ? [`and ${more} more, which npx honeydue impact names`] : []),
    '```',
  ];
}

function details({ consequences, sameInOtherBytes }: ReportedImpact): string[] {
  return [
    ...consequenceClasses.flatMap((kind) => {
      const own = consequences.filter((each) => each.class === kind);
      return own.length === 0 ? [] : folded(`${own.length} ${kind}`, own.map(full));
    }),
    ...(sameInOtherBytes.length === 0
      ? []
      : folded(
          `${sameInOtherBytes.length} in bytes alone, which is nothing`,
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

/** The first sentence, and the second where the first says no more than what changed. */
function first(reason: string): string {
  const sentences = reason.split(/(?<=\.) (?=[A-Z0-9])/);
  const [one = '', two = ''] = sentences;
  return one.length < 90 ? `${one} ${two}`.trim() : one;
}

/** Text that Markdown, and the HTML in it, leave as it is. */
function plain(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_[\]|~#@]/g, '\\$&');
}
