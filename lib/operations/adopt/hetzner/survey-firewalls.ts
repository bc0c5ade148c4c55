import { isServer } from '../../../deployment/config/schema/node-role';
import type { Deployment } from '../../../deployment/config/schema/schema';
import { isUnresolved } from '../../../deployment/config/schema/unresolved';
import { canonicalNetwork, isWorldwide } from '../../../documents/cidr';
import type { TerraformConfiguration } from '../../../documents/terraform';
import type { HetznerProject } from '../../hetzner/project';
import type { HetznerFirewall, HetznerFirewallRule, HetznerServer } from '../../hetzner/resources';
import type { UndescribedThing } from '../source';
import { plainText, type SurveyPart } from '../survey';
import { controlPlaneServers } from './node-servers';
import { creationOf, resourceArgument } from './survey-servers';

/** Rules of the adopted firewall that the next apply removes, and other firewalls of the servers. */
export async function surveyFirewalls(
  project: HetznerProject,
  deployment: Deployment,
  stack: TerraformConfiguration | undefined,
): Promise<SurveyPart> {
  const servers = await project.list('servers');
  const own = controlPlaneServers(servers, deployment);
  const firewalls = await project.list('firewalls');
  const adopted = adoptedFirewall(firewalls, [...own.values()], deployment);
  const agentServers = agentsOf(servers, deployment);
  return {
    undescribed: firewalls.flatMap((firewall) =>
      firewall === adopted
        ? undescribedRules(firewall, stack, deployment)
        : otherFirewall(firewall, [...own.values(), ...agentServers]),
    ),
  };
}

function agentsOf(servers: readonly HetznerServer[], { nodes }: Deployment): HetznerServer[] {
  const addresses = Object.values(nodes).flatMap((node) => (isServer(node) ? [] : [node.address]));
  return servers.filter(({ public_net: { ipv4 } }) => ipv4 !== null && addresses.includes(ipv4.ip));
}

/**
 * The firewall with the id in the configuration. While the id is unresolved, the firewall that is applied to the
 * servers.
 */
function adoptedFirewall(
  firewalls: readonly HetznerFirewall[],
  servers: readonly HetznerServer[],
  { adopt }: Deployment,
): HetznerFirewall | undefined {
  const stated = adopt?.firewall;
  if (stated === undefined) return undefined;
  if (!isUnresolved(stated)) return firewalls.find(({ id }) => String(id) === stated);
  const applied = firewalls.filter((firewall) => usersOf(firewall, servers).length > 0);
  return applied.length === 1 ? applied[0] : undefined;
}

function usersOf({ id }: HetznerFirewall, servers: readonly HetznerServer[]): HetznerServer[] {
  return servers.filter(({ public_net: { firewalls } }) => firewalls.some((each) => each.id === id));
}

/** The rules of all firewalls of a server add up: a connection is allowed if any firewall allows it. */
function otherFirewall(firewall: HetznerFirewall, servers: readonly HetznerServer[]): UndescribedThing[] {
  const users = usersOf(firewall, servers);
  const name = `firewall ${plainText(firewall.name)}`;
  const from = resourceArgument(firewall);
  if (users.length > 0)
    return [
      {
        name: `${name} of ${users.map((each) => each.name).join(', ')}`,
        writtenBy: creationOf(firewall),
        command: users
          .map(
            (each) =>
              `hcloud firewall remove-from-resource ${from} --type server --server ${resourceArgument(each)}`,
          )
          .join(' && '),
      },
    ];
  // A firewall that is applied to other servers does not belong to this deployment.
  return firewall.applied_to.length > 0
    ? []
    : [{ name, writtenBy: creationOf(firewall), command: `hcloud firewall delete ${from}` }];
}

/** A firewall rule of the Terraform stack. The sources may be a Terraform expression. */
interface StackFirewallRule {
  readonly direction: string;
  readonly protocol: string;
  readonly port?: string;
  readonly source_ips?: readonly string[] | string;
}

function undescribedRules(
  firewall: HetznerFirewall,
  stack: TerraformConfiguration | undefined,
  { access }: Deployment,
): UndescribedThing[] {
  const stated = stack?.resource['hcloud_firewall']?.['nodes']?.['rule'] as
    | readonly StackFirewallRule[]
    | undefined;
  if (stated === undefined) return [];
  const operatorPorts = [...access.sshPorts.map(String), '6443'];
  return firewall.rules.flatMap((rule) => {
    const sources = rule.source_ips ?? [];
    const rest = sources.filter((source) => !isStated(rule, source, stated));
    if (rest.length === 0 && (rule.direction === 'in' || isExactly(rule, stated))) return [];
    const isOperators = operatorPorts.includes(rule.port ?? '') && rest.every((each) => !isWorldwide(each));
    return [
      {
        name: `rule ${ruleText(rule, rest)} of firewall ${plainText(firewall.name)}, which the next apply removes`,
        writtenBy: creationOf(firewall),
        entry: isOperators ? `access.networks: [${rest.join(', ')}]` : undefined,
        command: deletion(firewall, rule),
      },
    ];
  });
}

/** Whether the stack has a rule for the same source, protocol and port. */
function isStated(rule: HetznerFirewallRule, source: string, stated: readonly StackFirewallRule[]): boolean {
  const network = canonicalNetwork(source) ?? source;
  return stated.some(
    (each) =>
      isAlike(each, rule) &&
      // While `access.networks` is unresolved, the stack has a variable for it, and the missing value is reported
      // elsewhere.
      Array.isArray(each.source_ips) &&
      (each.source_ips as readonly string[]).some((own) => (canonicalNetwork(own) ?? own) === network),
  );
}

/**
 * The stack has no rules for outgoing traffic. With such a rule, a server may only connect to what the rules
 * allow.
 */
function isExactly(rule: HetznerFirewallRule, stated: readonly StackFirewallRule[]): boolean {
  return stated.some((each) => isAlike(each, rule));
}

function isAlike(stated: StackFirewallRule, { direction, protocol, port }: HetznerFirewallRule): boolean {
  return (
    stated.direction === direction && stated.protocol === protocol && (stated.port ?? '') === (port ?? '')
  );
}

function ruleText({ direction, protocol, port }: HetznerFirewallRule, sources: readonly string[]): string {
  const what = [direction, protocol, port].filter(Boolean).join(' ');
  return sources.length === 0 ? what : `${what} from ${sources.join(', ')}`;
}

/** `hcloud firewall delete-rule` deletes the rule that equals its flags. */
function deletion(firewall: HetznerFirewall, rule: HetznerFirewallRule): string {
  const flags = [
    `--direction ${rule.direction}`,
    `--protocol ${rule.protocol}`,
    ...(rule.port ? [`--port ${rule.port}`] : []),
    ...(rule.source_ips ?? []).map((each) => `--source-ips ${each}`),
    ...(rule.destination_ips ?? []).map((each) => `--destination-ips ${each}`),
    ...(rule.description ? [`--description ${quoted(rule.description)}`] : []),
  ];
  return `hcloud firewall delete-rule ${resourceArgument(firewall)} ${flags.join(' ')}`;
}

function quoted(text: string): string {
  return `'${plainText(text).replaceAll("'", "'\\''")}'`;
}
