import type { FirewallRuleFields } from '../../analysis/impact/terraform/firewall-rules';
import { runProgram } from '../process';

interface DescribedRule extends FirewallRuleFields {
  readonly description?: string;
}

/** Firewall rules by resource address, such as `hcloud_firewall.nodes`. */
export type FirewallRules = ReadonlyMap<string, readonly DescribedRule[]>;

interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: { readonly rule?: readonly DescribedRule[] };
}

/**
 * The firewalls in a stack's Terraform state. Nothing else of the state is kept, because it contains secrets.
 *
 * @returns an empty map if there is no state
 */
export async function currentFirewalls(home: string): Promise<FirewallRules> {
  const { status, stdout } = await runProgram({
    program: 'terraform',
    args: [`-chdir=${home}`, 'show', '-json', '-no-color'],
  });
  if (status !== 0) return new Map();
  const line = stdout.split('\n').find((each) => each.startsWith('{')) ?? '{}';
  const state = JSON.parse(line) as { values?: { root_module?: { resources?: readonly StateResource[] } } };
  const resources = state.values?.root_module?.resources ?? [];
  return rulesBy(
    resources
      .filter(({ type }) => type === 'hcloud_firewall')
      .map(({ address, values }) => [address, values.rule]),
  );
}

/** The firewalls that a synthesized stack describes. */
export function describedFirewalls(stack: string): FirewallRules {
  const { resource = {} } = JSON.parse(stack) as {
    resource?: { hcloud_firewall?: Readonly<Record<string, { rule?: readonly DescribedRule[] }>> };
  };
  return rulesBy(
    Object.entries(resource.hcloud_firewall ?? {}).map(([name, { rule }]) => [
      `hcloud_firewall.${name}`,
      rule,
    ]),
  );
}

function rulesBy(
  entries: readonly (readonly [string, readonly DescribedRule[] | undefined])[],
): FirewallRules {
  return new Map(entries.map(([address, rules = []]) => [address, rules.map(withoutEmptyFields)]));
}

/** Removes empty fields: in the state, a rule without a port has an empty string or null. */
function withoutEmptyFields(rule: DescribedRule): DescribedRule {
  return Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== '' && value !== null));
}

/**
 * Both sides without the rules whose sources are a Terraform variable. Their values are known only to Terraform, and
 * they only allow access for administration.
 */
export function withoutVariables(
  current: FirewallRules,
  described: FirewallRules,
): [FirewallRules, FirewallRules] {
  const nameOf = ({ direction, protocol, port, description }: DescribedRule) =>
    [direction, protocol, port, description].join(' ');
  const variableOf = (rules: readonly DescribedRule[]) =>
    new Set(rules.filter(({ source_ips }) => typeof source_ips === 'string').map(nameOf));
  const reduced = (side: FirewallRules): FirewallRules =>
    new Map(
      [...side].map(([address, rules]) => {
        const unknown = variableOf(described.get(address) ?? []);
        return [address, rules.filter((each) => !unknown.has(nameOf(each)))];
      }),
    );
  return [reduced(current), reduced(described)];
}
