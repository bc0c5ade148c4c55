import type { Json } from '../../documents/kubernetes';
import type { TerraformResource } from '../../documents/terraform';
import type { Truth } from '../../documents/truth';
import type { WebRequest } from '../../documents/web-request';
import { evaluate } from './evaluate';
import { readExpression } from './expression';

/**
 * The phases that this package evaluates, in Cloudflare's order.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
export const rulePhases = [
  'http_request_firewall_custom',
  'http_ratelimit',
  'http_request_cache_settings',
] as const;

export type RulePhase = (typeof rulePhases)[number];

export interface EdgeRule {
  readonly resource: TerraformResource;
  /** Path in the arguments of the resource, such as `rules[0]`. */
  readonly path: string;
  readonly name: string;
  readonly expression: string;
  readonly action: string;
  /** The phases that are not evaluated for a request if this rule has the action `skip`. */
  readonly skipped: readonly string[];
  /** Whether the action `skip` also leaves out the remaining rules of the same ruleset. */
  readonly skipsRest: boolean;
  /** For a rate limit: the maximum number of requests in a period, and the period in seconds. */
  readonly limit: { readonly requests: number; readonly seconds: number } | undefined;
  /** Whether the rule applies to a request. Undefined if the answer depends on an unknown value. */
  readonly appliesTo: (request: WebRequest) => Truth;
}

/** Actions that end a request: no other rule is evaluated, and the origin does not receive the request. */
export const endingActions: readonly string[] = ['block', 'redirect', 'serve_error'];

/** Actions that block a client until it solves a challenge. */
export const challengeActions: readonly string[] = ['challenge', 'js_challenge', 'managed_challenge'];

/** The enabled rules of a phase, in the order in which Cloudflare evaluates them. */
export function rulesOfPhase(resources: readonly TerraformResource[], phase: RulePhase): EdgeRule[] {
  return resources
    .filter(({ type, body }) => type === 'cloudflare_ruleset' && body['phase'] === phase)
    .flatMap((resource) =>
      fieldsOf(resource.body['rules']).flatMap((rule, index) =>
        rule['enabled'] === false ? [] : [ruleOf(resource, rule, index)],
      ),
    );
}

type Fields = Readonly<Record<string, Json | undefined>>;

function ruleOf(resource: TerraformResource, rule: Fields, index: number): EdgeRule {
  const { ref, description, expression = 'true', action } = rule;
  const [parameters = {}] = fieldsOf(rule['action_parameters']);
  const [limit] = fieldsOf(rule['ratelimit']);
  const tree = readExpression(String(expression));
  const phases = parameters['phases'];
  return {
    resource,
    path: `rules[${index}]`,
    name: String(ref ?? description ?? `rule ${index + 1}`),
    expression: String(expression),
    action: String(action),
    skipped: Array.isArray(phases) ? phases.map(String) : [],
    skipsRest: parameters['ruleset'] === 'current',
    limit: limit && {
      requests: Number(limit['requests_per_period']),
      seconds: Number(limit['period']),
    },
    appliesTo: (request) => (tree === undefined ? undefined : evaluate(tree, request)),
  };
}

/** The maps in a block. Terraform writes a block as one map or as a list of maps. */
function fieldsOf(value: Json | undefined): Fields[] {
  const list: readonly Json[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.filter(
    (each): each is Fields => typeof each === 'object' && each !== null && !Array.isArray(each),
  );
}
