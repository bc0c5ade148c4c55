import type { Output } from '../../../documents/output';
import type { Consequence } from '../consequence';
import { describeOpening, openings } from '../terraform/firewall';
import type { FirewallRuleFields } from '../terraform/firewall-rules';
import { scriptedRule, scriptedRules, scriptsOf } from './scripted-firewall';
import { restartCommand } from './scripted-k3s';

/** The configuration of a node: the table at the top of its script. */
interface Table {
  /** Files and their content, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly rules: readonly FirewallRuleFields[];
  /** Whether a server without data joins a cluster rather than initialises one. */
  readonly joins: boolean;
  readonly k3sVersion: string | undefined;
  /** The rest of the script, without the table and the comment at the top. */
  readonly rest: string;
}

/** The effects of running the node scripts again. */
export function nodeScripts(base: Output, head: Output): Consequence[] {
  const [before, after] = [scriptsOf(base), scriptsOf(head)];
  return [
    ...[...after].flatMap(([node, text]) => {
      const old = before.get(node);
      if (old === undefined)
        return [
          describeConsequence(node, 'in place', '', 'The node is new: the script sets it up.', run(node)),
        ];
      return changed(node, tableOf(old), tableOf(text));
    }),
    ...[...before.keys()]
      .filter((node) => !after.has(node))
      .map((node) =>
        describeConsequence(
          node,
          'left behind',
          '',
          'The node is no longer in the configuration. The server stays configured, and the node stays a member of the cluster.',
          'To remove the node, drain it, then run kubectl delete node with its hostname',
        ),
      ),
  ];
}

function changed(node: string, before: Table, after: Table): Consequence[] {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].filter(
    (path) => before.files.get(path) !== after.files.get(path),
  );
  const isOtherK3s = before.k3sVersion !== after.k3sVersion;
  const touchesK3s =
    isOtherK3s || paths.some((path) => /\/(rancher\/k3s\/|k3s(-agent)?\.service)/.test(path));
  const isOther = before.rest !== after.rest;
  const words = [
    ...(isOtherK3s ? [`The k3s version becomes ${after.k3sVersion}.`] : []),
    ...(paths.length > 0 ? [`The script rewrites ${paths.join(', ')}.`] : []),
    ...(isOther ? ['The script runs different steps than before.'] : []),
    ...(touchesK3s
      ? [
          'The change takes effect only with --restart-k3s. During the restart pods keep running, and the API server of this node does not answer.',
        ]
      : []),
  ];
  const alone = describeConsequence(
    node,
    'exposed',
    'k3s_join',
    'The node no longer joins another server: if its data is lost, the node initialises a second cluster, and clients of this node connect to that cluster.',
    'Set cluster.initialised: true, unless the cluster has not been created yet',
  );
  return [
    ...(before.joins && !after.joins ? [alone] : []),
    ...openings(after.rules, before.rules).map((opening) =>
      describeConsequence(
        node,
        'exposed',
        'firewall',
        `${describeOpening(opening)} is allowed after the script has run.`,
        '',
      ),
    ),
    ...openings(before.rules, after.rules).map((opening) =>
      describeConsequence(
        node,
        'cut off',
        'firewall',
        `${describeOpening(opening)} is no longer allowed after the script has run.`,
        '',
      ),
    ),
    ...(words.length === 0
      ? []
      : [
          describeConsequence(
            node,
            'in place',
            paths[0] ?? '',
            words.join(' '),
            touchesK3s
              ? `${restartCommand(node)}, one node at a time; run the script with --check first`
              : run(node),
          ),
        ]),
  ];
}

function describeConsequence(
  node: string,
  kind: Consequence['class'],
  field: string,
  reason: string,
  wayOut: string,
): Consequence {
  return { class: kind, side: 'nodes', object: `nodes/${node}.sh`, field, reason, wayOut };
}

function run(node: string): string {
  return `On the node: sudo bash ${node}.sh --check, then run the script again without --check`;
}

/** Nodes whose script runs k3s as an agent: they have no etcd member. */
export function agentNodes(output: Output): ReadonlySet<string> {
  const agents = [...scriptsOf(output)].filter(([, text]) => /^k3s_unit=k3s-agent\.service$/m.test(text));
  return new Set(agents.map(([node]) => node));
}

const file = /^ {2}(?:k3s_)?file (\d+) \S+ (\S+)(.*?) <<'END'\n([\s\S]*?)^END\n/gm;

function tableOf(script: string): Table {
  const text = withoutHeader(script);
  const files = [...text.matchAll(file)].map(
    ([, mode, path = '', options, content]) => [path, [mode, options, content].join('\n')] as const,
  );
  const joins = /^k3s_join=\w/m.test(text);
  const k3sVersion = /^k3s_version=(\S+)$/m.exec(text)?.[1];
  return {
    files: new Map(files),
    rules: scriptedRules(text).flatMap(({ fields }) => fields),
    joins,
    k3sVersion,
    rest: text.replaceAll(file, '').replaceAll(scriptedRule, ''),
  };
}

/** The script without the comment at its top, which is not a step. */
export function withoutHeader(script: string): string {
  return script.replace(/^(#.*\n)+/, '');
}
