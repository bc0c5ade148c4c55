import { type Endpoint, type Endpoints, enumerate } from '../endpoint';
import type { Direction } from '../grants';
import { describePorts, type PortRange, type PortSet, rangesOf } from '../ports';

/**
 * A difference between the possible and the declared connections:
 *
 * - `gained`: the connection is possible, but not declared;
 * - `lost`: the connection is declared, but not possible;
 * - `slack`: the connection is not declared, and the policies of one end allow it; only the other end denies it.
 */
export interface Difference {
  readonly kind: 'gained' | 'lost' | 'slack';
  readonly from: readonly Endpoint[];
  readonly to: readonly Endpoint[];
  readonly ports: readonly PortRange[];
  /** The policies that allow the connection, or that must allow it if it is lost. */
  readonly policies: readonly string[];
  /** `api -> redis:6379 TCP is declared, but NetworkPolicy shop/allow-egress-from-api does not allow it` */
  readonly message: string;
  readonly wayOut: string;
}

/** The decision of the policies at one end of a connection. */
export interface PolicyVerdict {
  readonly namespace: string;
  /** The policies that allow the connection, or that must allow it if it is lost. Empty if no policy isolates the end. */
  readonly policies: readonly string[];
  /** Whether the manifests describe this end, but have no policy for it. */
  readonly isMissing: boolean;
}

/** A difference before similar ones are merged. */
export interface SingleDifference {
  readonly kind: Difference['kind'];
  readonly from: readonly Endpoint[];
  readonly to: readonly Endpoint[];
  readonly ports: PortSet;
  readonly verdicts: Readonly<Record<Direction, PolicyVerdict | undefined>>;
}

/**
 * Describes the differences. First, differences that differ only in their clients are merged; then, those that differ
 * only in their servers. So a rule that lacks its `from` causes one or two messages, however many clients there are.
 */
export function describeFindings(findings: readonly SingleDifference[], endpoints: Endpoints): Difference[] {
  const numbers = new Map<Endpoint, number>();
  const numberOf = (endpoint: Endpoint): number => {
    const number = numbers.get(endpoint) ?? numbers.size;
    numbers.set(endpoint, number);
    return number;
  };
  const bySource = merge(findings, ({ to }) => to.map(numberOf), 'from');
  return merge(bySource, ({ from }) => from.map(numberOf), 'to').map((finding) =>
    describe({ ...finding, from: endpoints.mergePods(finding.from), to: endpoints.mergePods(finding.to) }),
  );
}

function merge(
  findings: readonly SingleDifference[],
  keyOf: (finding: SingleDifference) => readonly number[],
  end: 'from' | 'to',
): SingleDifference[] {
  const groups = new Map<string, SingleDifference[]>();
  for (const finding of findings) {
    const { kind, ports, verdicts } = finding;
    const key = JSON.stringify([kind, ports, verdicts, keyOf(finding)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : { ...first, [end]: group.flatMap((each) => each[end]) };
  });
}

function describe(finding: SingleDifference): Difference {
  const { kind, from, to, ports, verdicts } = finding;
  const { egress, ingress } = verdicts;
  const policies = [...new Set([...(egress?.policies ?? []), ...(ingress?.policies ?? [])])];
  const [message, wayOut] = descriptions[kind](finding, policies);
  return {
    kind,
    from,
    to,
    ports: rangesOf(ports),
    policies,
    message: `${names(from)} -> ${withPorts(names(to), ports)} is ${message}`,
    wayOut,
  };
}

const descriptions = { gained: describeGained, lost: describeLost, slack: describeSlack };

function describeSlack(
  { from, to, verdicts }: SingleDifference,
  policies: readonly string[],
): [string, string] {
  const other =
    verdicts.egress === undefined ? `the egress of ${names(from)}` : `the ingress of ${names(to)}`;
  const by = enumerate(policies);
  return [
    `allowed by ${by} but not declared; only ${other} denies it`,
    `Declare the connection, or narrow ${by}.`,
  ];
}

function describeGained(
  { from, to, verdicts }: SingleDifference,
  policies: readonly string[],
): [string, string] {
  const missing = [
    ...(verdicts.egress?.isMissing ? [`the egress of ${names(from)}`] : []),
    ...(verdicts.ingress?.isMissing ? [`the ingress of ${names(to)}`] : []),
  ];
  const reasons = [
    ...(policies.length > 0 ? [`by ${enumerate(policies)}`] : []),
    ...(missing.length > 0 ? [`because no NetworkPolicy isolates ${enumerate(missing)}`] : []),
  ];
  const wayOut =
    policies.length > 0
      ? `Declare the connection, or narrow ${enumerate(policies)}.`
      : 'Declare the connection, or add a NetworkPolicy that selects these pods. Then only connections that a policy allows are possible.';
  return [`possible ${reasons.join(', and ')}, but not declared`, wayOut];
}

function describeLost(
  { from, to, verdicts }: SingleDifference,
  policies: readonly string[],
): [string, string] {
  const sides = [
    { verdict: verdicts.egress, direction: 'egress', of: `egress from ${names(from)} to ${names(to)}` },
    { verdict: verdicts.ingress, direction: 'ingress', of: `ingress to ${names(to)} from ${names(from)}` },
  ].flatMap(({ verdict, ...side }) => (verdict === undefined ? [] : [{ ...side, ...verdict }]));
  const silent = sides.filter((side) => side.policies.length === 0);
  const reasons = [
    ...(policies.length > 0
      ? [`${enumerate(policies)} ${policies.length === 1 ? 'does' : 'do'} not allow it`]
      : []),
    ...silent.map(({ namespace, of }) => `no policy of ${namespace} allows ${of}`),
  ];
  const remedies = sides.map(({ policies: [policy], direction, of }) =>
    policy === undefined
      ? `add a NetworkPolicy that allows ${of}`
      : `add the connection to the ${direction} of ${policy}`,
  );
  const remedy = enumerate(remedies);
  return [
    `declared, but ${enumerate(reasons)}`,
    `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}, or remove the declaration.`,
  ];
}

function names(endpoints: readonly Endpoint[]): string {
  return enumerate(endpoints.map(({ name }) => name));
}

/** Formats a name with ports: `redis:6379 TCP`, `any address on every port`. */
function withPorts(name: string, ports: PortSet): string {
  const text = describePorts(ports);
  return /^\d/.test(text) ? `${name}:${text}` : `${name} on ${text}`;
}
