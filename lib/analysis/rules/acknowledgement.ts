import { acknowledgementPrefix } from '../../documents/acknowledgement';
import type { Finding } from './finding';

/** An accepted finding, with the reason for accepting it. */
export interface Acknowledgement {
  /** The id of the rule. */
  readonly rule: string;
  /** Object names as findings print them: `Deployment shop/cart`. `*` matches any characters. */
  readonly objects: readonly string[];
  /** Why the finding is acceptable for these objects. */
  readonly reason: string;
}

/** An object pattern that matches no finding: the index of its acknowledgement, and its index in `objects`. */
export interface Unused {
  readonly acknowledgement: number;
  readonly object: number;
}

/** Findings, split into acknowledged ones and open ones. */
export interface Acknowledged {
  readonly open: readonly Finding[];
  readonly acknowledged: readonly { readonly finding: Finding; readonly reason: string }[];
  readonly unused: readonly Unused[];
}

/** Splits findings into acknowledged and open ones, and lists the acknowledgements that match no finding. */
export function acknowledge(
  findings: readonly Finding[],
  acknowledgements: readonly Acknowledgement[],
): Acknowledged {
  const entries = acknowledgements.flatMap(({ rule, objects, reason }, acknowledgement) =>
    objects.map((pattern, object) => ({
      rule,
      reason,
      pattern: patternOf(pattern),
      acknowledgement,
      object,
    })),
  );
  const used = new Set<unknown>();
  const open: Finding[] = [];
  const acknowledged: { finding: Finding; reason: string }[] = [];
  for (const finding of findings) {
    const matching = entries.filter(
      ({ rule, pattern }) => rule === finding.rule.id && pattern.test(finding.object),
    );
    for (const entry of matching) used.add(entry);
    const reason = matching[0]?.reason ?? statedReason(finding);
    if (reason === undefined) open.push(finding);
    else acknowledged.push({ finding, reason });
  }
  return { open, acknowledged, unused: entries.filter((entry) => !used.has(entry)) };
}

function statedReason({ rule, source }: Finding): string | undefined {
  return source?.metadata.annotations?.[acknowledgementPrefix + rule.id] || undefined;
}

function patternOf(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
