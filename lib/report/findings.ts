import type { Finding } from '../analysis/rules/finding';
import type { Report } from '../analysis/rules/run';
import { formatPlace, type Place } from '../input/problem';

/** A finding, with its place in a manifest file or in the configuration. */
export interface LocatedFinding extends Finding {
  readonly place: Place | undefined;
}

/** A report whose findings have places. */
export interface LocatedReport extends Omit<Report, 'open'> {
  readonly open: readonly LocatedFinding[];
}

/** The maximum number of findings that are printed in full. Further findings are counted. */
const printedInFull = 15;

/** The maximum number of findings of one rule that are printed in full, so that one rule does not hide the others. */
const printedOfRule = 5;

/**
 * Prints the findings for a terminal: worst first, grouped by object, with the fix of each rule once. Findings above
 * the limits are counted by rule.
 *
 * @param all print every finding in full
 */
export function findingsText(findings: readonly LocatedFinding[], all = false): string {
  const printed = all ? byObject(findings) : someOfEachRule(byObject(findings));
  const explained = new Set<string>();
  let object = '';
  const lines = printed.flatMap((finding) => {
    const head = finding.object === object ? [] : [finding.object];
    object = finding.object;
    const { id, severity, fix } = finding.rule;
    const place = finding.place === undefined ? '' : `${formatPlace(finding.place)} `;
    const path = finding.path === '' ? '' : `${finding.path}: `;
    const wayOut = explained.has(id) ? [] : [`      ${fix}`];
    explained.add(id);
    return [...head, `  ${place}${severity} ${id}: ${path}${finding.message}`, ...wayOut];
  });
  return `${[...lines, ...rest(findings, printed)].map(escapeControls).join('\n')}\n`;
}

/** Escapes control characters in names: a terminal would interpret them. */
function escapeControls(line: string): string {
  return line.replaceAll(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
}

/** Groups findings by object. Objects are in the order of their first finding. */
function byObject(findings: readonly LocatedFinding[]): LocatedFinding[] {
  const groups = new Map<string, LocatedFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.object);
    if (group === undefined) groups.set(finding.object, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flat();
}

/**
 * The findings that are printed: the first ones, and, if several rules have findings, at most `printedOfRule` of each
 * rule.
 */
function someOfEachRule(findings: readonly LocatedFinding[]): LocatedFinding[] {
  const counts = new Map<string, number>();
  const few = findings.filter(({ rule: { id } }) => {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count <= printedOfRule;
  });
  return (counts.size > 1 ? few : findings).slice(0, printedInFull);
}

/** Explains how to accept a finding, with an entry that can be pasted. */
export function acceptanceText(findings: readonly LocatedFinding[], list: string): string {
  const [finding] = findings;
  if (finding === undefined) return '';
  const entry = `- { rule: ${finding.rule.id}, objects: [${JSON.stringify(finding.object)}], reason: "…" }`;
  return `To accept a finding, add an entry with your reason to ${list}:\n  ${escapeControls(entry)}\n`;
}

function rest(findings: readonly LocatedFinding[], printed: readonly LocatedFinding[]): string[] {
  const left = findings.filter((finding) => !printed.includes(finding));
  if (left.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { rule } of left) counts.set(rule.id, (counts.get(rule.id) ?? 0) + 1);
  const byRule = [...counts].map(([id, count]) => (count === 1 ? id : `${count} × ${id}`));
  return [`and ${left.length} more, which --verbose lists: ${byRule.join(', ')}`];
}

/**
 * Formats a summary: `3 findings in 12 objects, checked against 90 rules; 2 acknowledged.`
 *
 * @param all print the names of all rules that found no object to check
 */
export function reportSummary(
  { open, acknowledged, objects, ran, idle }: LocatedReport,
  all: boolean,
): string {
  const found =
    open.length === 0 ? 'No findings' : open.length === 1 ? 'One finding' : `${open.length} findings`;
  const within = objects === 1 ? 'one object' : `${objects} objects`;
  const acknowledgedText = acknowledged.length === 0 ? '' : `; ${acknowledged.length} acknowledged`;
  const idleLine = idle.length === 0 ? '' : `\n${idleText(idle, all)}`;
  return `${found} in ${within}, checked against ${ran.length} rules${acknowledgedText}.${idleLine}\n`;
}

/** The number of rule names that fit on two lines. */
const namedIdle = 8;

function idleText(idle: LocatedReport['idle'], all: boolean): string {
  const names =
    all || idle.length <= namedIdle ? `: ${idle.map(({ id }) => id).join(', ')}` : '; --verbose lists them';
  return `${idle.length === 1 ? 'One rule has' : `${idle.length} rules have`} no object to check${names}.`;
}

/** The report as JSON. An incompatible change raises `version`. */
export function reportJson({ open, acknowledged, idle, ran, objects }: LocatedReport): unknown {
  return {
    version: 1,
    rules: ran.length,
    objects,
    findings: open.map(({ rule, object, path, message, place }) => ({
      rule: rule.id,
      severity: rule.severity,
      object,
      path,
      message,
      fix: rule.fix,
      ...(place !== undefined && { place }),
    })),
    acknowledged: acknowledged.map(({ finding: { rule, object, path }, reason }) => ({
      rule: rule.id,
      object,
      path,
      reason,
    })),
    nothingToLookAt: idle.map(({ id }) => id),
  };
}
