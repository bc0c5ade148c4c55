import type { Output } from '../../../documents/output';
import type { FirewallRuleFields } from '../terraform/firewall-rules';

/** A line of a node's script that opens ports. */
export interface ScriptedRule {
  /** From 1. */
  readonly line: number;
  /** One rule for each port that the line opens. */
  readonly fields: readonly FirewallRuleFields[];
}

/** A node's own firewall, from its script. */
export interface ScriptedFirewall {
  readonly node: string;
  readonly file: string;
  /** The node's address for the other nodes of the cluster. */
  readonly address: string | undefined;
  readonly rules: readonly ScriptedRule[];
}

/** A rule in a node's script. */
export const scriptedRule = /^ {2}rule .*'allow from (\S+)(?: to any port (\S+) proto (\w+))?'\n/gm;

/** The node scripts of an output, by the name of the node. */
export function scriptsOf({ texts }: Output): Map<string, string> {
  return new Map(
    [...texts].flatMap(([path, text]) => {
      const [, node] = /^nodes\/([^/]+)\.sh$/.exec(path) ?? [];
      return node === undefined ? [] : [[node, text] as const];
    }),
  );
}

/** The firewall of each node that has a script. */
export function scriptedFirewalls(output: Output): ScriptedFirewall[] {
  return [...scriptsOf(output)].map(([node, text]) => ({
    node,
    file: `nodes/${node}.sh`,
    address: /^k3s_address=(\S+)$/m.exec(text)?.[1],
    rules: scriptedRules(text),
  }));
}

export function scriptedRules(script: string): ScriptedRule[] {
  return [...script.matchAll(scriptedRule)].map(({ 1: source = '', 2: ports, 3: protocol, index }) => ({
    line: script.slice(0, index).split('\n').length,
    fields:
      ports === undefined || protocol === undefined
        ? [{ direction: 'in', protocol: 'all', source_ips: [source] }]
        : ports.split(',').map((port) => ({
            ...{ direction: 'in', protocol, source_ips: [source] },
            port: port.replace(':', '-'),
          })),
  }));
}
