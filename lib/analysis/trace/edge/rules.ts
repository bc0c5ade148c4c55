import type { Truth } from '../../../documents/truth';
import type { WebRequest } from '../../../documents/web-request';
import {
  challengeActions,
  type EdgeRule,
  endingActions,
  type RulePhase,
  rulePhases,
  rulesOfPhase,
} from '../../../terraform/cloudflare/rulesets';
import { listed, type StepDraft, stop, type TraceSteps } from '../step';
import type { TraceSubject } from '../subject';

const names: Readonly<Record<RulePhase, Pick<StepDraft, 'key' | 'title'>>> = {
  http_request_firewall_custom: { key: 'custom-rules', title: "Cloudflare's custom rules" },
  http_ratelimit: { key: 'rate-limit', title: "Cloudflare's rate limit" },
  http_request_cache_settings: { key: 'cache-rules', title: "Cloudflare's cache rules" },
};

interface JudgedRule {
  readonly rule: EdgeRule;
  readonly applies: Truth;
}

/** Cloudflare's rules, one step for each phase. A rule can skip later phases. */
export function* edgeRuleSteps(subject: TraceSubject, request: WebRequest): TraceSteps {
  let skipped: readonly string[] = [];
  for (const phase of rulePhases) {
    const rules = rulesOfPhase(subject.resources, phase);
    if (rules.length === 0) continue;
    if (skipped.includes(phase)) {
      yield {
        ...names[phase],
        outcome: 'passes',
        reason: 'A custom rule skips this phase for the request.',
        fields: [],
      };
      continue;
    }
    const judged = judge(rules, request);
    const ending = judged.find(({ rule, applies }) => applies === true && isEnding(rule));
    if (ending !== undefined) yield* stopAt(subject, phase, ending.rule);
    yield phaseStep(subject, phase, judged);
    skipped = judged.flatMap(({ rule, applies }) => (applies === true ? rule.skipped : []));
  }
}

/** The rules up to the first rule that applies and ends the phase. */
function judge(rules: readonly EdgeRule[], request: WebRequest): JudgedRule[] {
  const judged = rules.map((rule) => ({ rule, applies: rule.appliesTo(request) }));
  const last = judged.findIndex(
    ({ rule, applies }) => applies === true && (isEnding(rule) || rule.skipsRest),
  );
  return last < 0 ? judged : judged.slice(0, last + 1);
}

/**
 * Whether a rule ends a request. A rate limit blocks only the requests above it; the others continue with the next
 * rule.
 */
function isEnding({ action, limit }: EdgeRule): boolean {
  return limit === undefined && endingActions.includes(action);
}

function* stopAt(subject: TraceSubject, phase: RulePhase, rule: EdgeRule): TraceSteps {
  yield* stop({
    ...names[phase],
    reason: `Rule ${rule.name} applies, and its action is ${rule.action}: ${rule.expression}`,
    fields: [subject.resourceField(rule.resource, `${rule.path}.expression`)],
    fix: `Exclude the request from the expression of rule ${rule.name}, or place a rule with the action skip before it.`,
  });
}

function phaseStep(subject: TraceSubject, phase: RulePhase, judged: readonly JudgedRule[]): StepDraft {
  const applying = judged.filter(({ applies }) => applies === true);
  const open = judged.filter(({ rule, applies }) => applies === undefined && decides(rule));
  const limits = judged.filter(({ rule, applies }) => applies !== false && rule.limit !== undefined);
  const challenges = applying.filter(({ rule }) => challengeActions.includes(rule.action));
  const unread = open.filter(({ rule }) => rule.limit === undefined);
  const shown = [...new Set([...applying, ...open])];
  const sentences = [
    ...limits.map(({ rule, applies }) => describeLimit(rule, applies)),
    ...challenges.map(({ rule }) => `Rule ${rule.name} applies: only clients that solve its challenge pass.`),
    ...applying
      .filter(({ rule }) => rule.limit === undefined && !challengeActions.includes(rule.action))
      .map(({ rule }) => describeRule(rule)),
    ...unread.map(
      ({ rule }) => `It is unknown whether rule ${rule.name} (${rule.action}) applies: ${rule.expression}`,
    ),
  ];
  const none =
    judged.length === 1 ? 'The only rule does not apply.' : `None of the ${judged.length} rules applies.`;
  return {
    ...names[phase],
    outcome: unread.length > 0 ? 'unknown' : limits.length + challenges.length > 0 ? 'conditional' : 'passes',
    reason: sentences.length > 0 ? sentences.join(' ') : none,
    fields: (shown.length > 0 ? shown : judged).map(({ rule }) =>
      subject.resourceField(rule.resource, `${rule.path}.expression`),
    ),
  };
}

/** Whether a rule may end a request, or may skip a rule that ends it. */
function decides({ action }: EdgeRule): boolean {
  return [...endingActions, ...challengeActions, 'skip'].includes(action);
}

function describeLimit({ name, limit }: EdgeRule, applies: Truth): string {
  const most = `${limit?.requests} requests in ${limit?.seconds} seconds`;
  return applies === true
    ? `Rule ${name} allows at most ${most} from each address, in each data centre.`
    : `It is unknown whether rule ${name} counts the request; the rule allows at most ${most}.`;
}

function describeRule({ name, action, skipped }: EdgeRule): string {
  if (action === 'skip' && skipped.length > 0) return `Rule ${name} skips ${listed(skipped)}.`;
  if (action === 'set_cache_settings')
    return `Rule ${name} lets Cloudflare answer from its cache, if the cache has the file.`;
  return `Rule ${name} applies; its action is ${action}.`;
}
