import type { Json } from '../../../documents/kubernetes';
import type { TerraformResource } from '../../../documents/terraform';
import { changes, describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { ResourceChanges } from './resources';

/** Ruleset phases whose rules block requests. */
const guarding = ['http_request_firewall_custom', 'http_request_firewall_managed', 'http_ratelimit'];

interface RulesetRule {
  readonly ref?: string;
  readonly description?: string;
  readonly action?: string;
  readonly expression?: string;
  readonly enabled?: boolean;
  readonly ratelimit?: Json;
  readonly action_parameters?: { readonly cache?: boolean };
}

/** Actions that block no request. */
const harmless = ['skip', 'log'];

/** Cloudflare rules that block fewer, more or other requests than before. */
export function rulesets({ removed, changed }: ResourceChanges): Consequence[] {
  return [
    ...removed.filter(isGuarding).map((resource) => {
      const gone = rulesOf(resource).filter(keepsOut).map(describeRule);
      return rulesChange('exposed', resource, `Cloudflare no longer applies ${gone.join(', ')}`);
    }),
    ...changed
      .filter(({ after }) => isGuarding(after))
      .flatMap(({ before, after }) => compared(after, rulesOf(before), rulesOf(after))),
    ...changed.flatMap(({ before, after }) => cached(before, after)),
  ];
}

/** Cache rules: Cloudflare may serve a response meant for one visitor to others. */
function cached(before: TerraformResource, resource: TerraformResource): Consequence[] {
  if (resource.body['phase'] !== 'http_request_cache_settings') return [];
  const part = ({ expression, enabled = true, action_parameters }: RulesetRule): Json => ({
    ...{ expression: expression ?? '', enabled, cache: action_parameters?.cache ?? true },
  });
  const known = rulesOf(before);
  const other = withFormerRefs(rulesOf(resource), known).flatMap((rule) => {
    const was = known.find(({ ref }) => ref === rule.ref);
    const isSame = was !== undefined && changes(part(was), part(rule)).length === 0;
    return isSame || rule.enabled === false || rule.action_parameters?.cache === false
      ? []
      : [describeRule(rule)];
  });
  if (other.length === 0) return [];
  const what = `Cloudflare caches other responses than before (${other.join(', ')}): a response meant for one visitor may be served to others`;
  return [rulesChange('exposed', resource, what)];
}

/** The rules with their former refs: a new ref alone does not change how a request is handled. */
function withFormerRefs(after: readonly RulesetRule[], before: readonly RulesetRule[]): RulesetRule[] {
  const [known, kept] = [before, after].map((rules) => new Set(rules.map(({ ref }) => ref)));
  const free = before.filter(({ ref }) => kept?.has(ref) !== true);
  const isSame = (one: RulesetRule, other: RulesetRule) =>
    (one.enabled ?? true) === (other.enabled ?? true) &&
    changes(decidingPart(one), decidingPart(other)).length === 0;
  return after.map((rule) => {
    const index = known?.has(rule.ref) === true ? -1 : free.findIndex((each) => isSame(each, rule));
    const [former] = index < 0 ? [] : free.splice(index, 1);
    return former?.ref === undefined ? rule : { ...rule, ref: former.ref };
  });
}

function compared(
  resource: TerraformResource,
  before: readonly RulesetRule[],
  renamed: readonly RulesetRule[],
): Consequence[] {
  const after = withFormerRefs(renamed, before);
  const byRef = (rules: readonly RulesetRule[]) => new Map(rules.map((rule) => [rule.ref, rule]));
  const old = byRef(before);
  const now = byRef(after);
  const gone = before.filter((rule) => keepsOut(rule) && !keepsOut(now.get(rule.ref)));
  const fresh = after.filter((rule) => keepsOut(rule) && !keepsOut(old.get(rule.ref)));
  const skipping = after.filter((rule) => isSkip(rule) && !isSkip(old.get(rule.ref)));
  const seen = before.filter((rule) => isSkip(rule) && !isSkip(now.get(rule.ref)));
  const others = after.flatMap((rule) => {
    const was = old.get(rule.ref);
    if (
      was === undefined ||
      seen.includes(was) ||
      gone.includes(was) ||
      fresh.includes(rule) ||
      skipping.includes(rule)
    )
      return [];
    const differing = changes(decidingPart(was), decidingPart(rule), String(rule.ref));
    return differing.map(describeChange);
  });
  return [
    ...(gone.length === 0
      ? []
      : [
          rulesChange(
            'exposed',
            resource,
            `Cloudflare no longer applies ${gone.map(describeRule).join(', ')}`,
          ),
        ]),
    ...(skipping.length === 0
      ? []
      : [
          rulesChange(
            'exposed',
            resource,
            `Requests that match ${skipping.map(describeRule).join(', ')} now skip the other rules`,
          ),
        ]),
    ...(seen.length === 0
      ? []
      : [
          rulesChange(
            'cut off',
            resource,
            `Requests that matched ${seen.map(describeRule).join(', ')} no longer skip the other rules`,
          ),
        ]),
    ...(fresh.length === 0
      ? []
      : [rulesChange('cut off', resource, `Cloudflare now applies ${fresh.map(describeRule).join(', ')}`)]),
    ...(others.length === 0
      ? []
      : [rulesChange('exposed', resource, `A rule blocks other requests than before: ${others.join('; ')}`)]),
  ];
}

/** The part of a rule that decides about a request. Sets in an expression are sorted: `{b a}` equals `{a b}`. */
function decidingPart({ action, expression = '', ratelimit }: RulesetRule): Json {
  const sorted = String(expression).replace(
    /\{([^{}]*)\}/g,
    (_, items: string) => `{${items.split(' ').sort().join(' ')}}`,
  );
  return { action: action ?? '', expression: sorted, ...(ratelimit !== undefined && { ratelimit }) };
}

function keepsOut(rule: RulesetRule | undefined): boolean {
  return rule !== undefined && rule.enabled !== false && !harmless.includes(rule.action ?? '');
}

function isSkip(rule: RulesetRule | undefined): boolean {
  return rule !== undefined && rule.enabled !== false && rule.action === 'skip';
}

function describeRule({ ref, action, description }: RulesetRule): string {
  return `${ref} (${action}: ${description ?? 'no description'})`;
}

function rulesChange(kind: 'exposed' | 'cut off', { address }: TerraformResource, what: string): Consequence {
  return { class: kind, side: 'terraform', object: address, field: 'rules', reason: `${what}.`, wayOut: '' };
}

function isGuarding({ type, body }: TerraformResource): boolean {
  return type === 'cloudflare_ruleset' && guarding.includes(String(body['phase']));
}

/** The rules of a ruleset. Values of other types are skipped: Terraform refuses them. */
function rulesOf({ body }: TerraformResource): RulesetRule[] {
  const rules = Array.isArray(body['rules']) ? (body['rules'] as readonly Json[]) : [];
  return rules.flatMap((rule) =>
    typeof rule === 'object' && rule !== null && !Array.isArray(rule) ? [rule as RulesetRule] : [],
  );
}
