import type { Json } from '../documents/kubernetes';
import type { TerraformResource } from '../documents/terraform';
import type { Consequence } from './consequence';
import type { ResourceChanges } from './resources';

/** The phases whose rules keep requests out. */
const guarding = ['http_request_firewall_custom', 'http_request_firewall_managed', 'http_ratelimit'];

interface Rule {
  readonly ref?: string;
  readonly description?: string;
  readonly action?: string;
  readonly enabled?: boolean;
}

/** Rules of Cloudflare that no longer keep anybody out. What one of them says now is in place. */
export function rulesets({ removed, changed }: ResourceChanges): Consequence[] {
  return [
    ...removed.filter(isGuarding).map((resource) => open(resource, rulesOf(resource))),
    ...changed
      .filter(({ after }) => isGuarding(after))
      .flatMap(({ before, after }) => {
        const kept = new Set(rulesOf(after).map(({ ref }) => ref));
        const gone = rulesOf(before).filter(({ ref }) => !kept.has(ref));
        return gone.length === 0 ? [] : [open(after, gone)];
      }),
  ];
}

function open({ address }: TerraformResource, rules: readonly Rule[]): Consequence {
  const told = rules.map(
    ({ ref, action, description }) => `${ref} (${action}: ${description ?? 'no description'})`,
  );
  return {
    ...{ class: 'exposed', side: 'terraform', object: address, field: 'rules' },
    reason: `Cloudflare no longer applies ${told.join(', ')}.`,
    wayOut: '',
  };
}

function isGuarding({ type, body }: TerraformResource): boolean {
  return type === 'cloudflare_ruleset' && guarding.includes(String(body['phase']));
}

function rulesOf({ body }: TerraformResource): Rule[] {
  const rules = (body['rules'] ?? []) as readonly Json[];
  return rules
    .map((rule) => rule as Rule)
    .filter(({ enabled, action }) => enabled !== false && action !== 'skip');
}
