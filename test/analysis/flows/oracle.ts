/**
 * Judges one connection at a time, the way a node's kernel does: it runs the chain of each pod that a packet comes
 * from or goes to. It shares no code with lib/analysis/flows, knows nothing of sets, and takes all the time it wants.
 */

export type Labels = Readonly<Record<string, string>>;

export interface Expression {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly Expression[];
}

export interface PolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except: readonly string[] };
}

export interface PolicyPort {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

export interface IngressRule {
  readonly from?: readonly PolicyPeer[];
  readonly ports?: readonly PolicyPort[];
}

export interface EgressRule {
  readonly to?: readonly PolicyPeer[];
  readonly ports?: readonly PolicyPort[];
}

export interface Policy {
  readonly namespace: string;
  readonly podSelector: LabelSelector;
  readonly policyTypes: readonly ('Ingress' | 'Egress')[];
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
}

export interface Pod {
  readonly kind: 'pod';
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  /** Absent where nobody knows them: then any name may be any port. */
  readonly ports?: readonly {
    readonly name: string;
    readonly protocol: string;
    readonly containerPort: number;
  }[];
}

export interface Address {
  readonly kind: 'address';
  readonly address: string;
}

export type End = Pod | Address;

export interface Packet {
  readonly from: End;
  readonly to: End;
  readonly protocol: string;
  readonly port: number;
}

export interface World {
  readonly policies: readonly Policy[];
  /** The pods that are known to be there: names of ports are looked up among them. */
  readonly pods: readonly Pod[];
  readonly namespaces: Readonly<Record<string, Labels>>;
}

/** Which address a pod has isn't known: these stand for all that the blocks of a test tell apart. */
const podAddresses = ['10.42.0.5', '10.42.3.5', '10.42.3.6', '10.42.129.1', '10.42.200.7'];

export function allows(world: World, packet: Packet): boolean {
  return accepts(world, 'Egress', packet) && accepts(world, 'Ingress', packet);
}

/** Tells whether no policy isolates either end, both of which are pods. */
export function isOpen(world: World, packet: Packet): boolean {
  const { from, to } = packet;
  if (from.kind === 'address' || to.kind === 'address') return false;
  return !isIsolated(world, 'Egress', packet) && !isIsolated(world, 'Ingress', packet);
}

/** Tells whether policies of one end let a packet between pods through that those of the other end reject. */
export function isSlack(world: World, packet: Packet): boolean {
  const lets = (direction: Direction): boolean =>
    isIsolated(world, direction, packet) && accepts(world, direction, packet);
  return (
    (lets('Egress') && !accepts(world, 'Ingress', packet)) ||
    (lets('Ingress') && !accepts(world, 'Egress', packet))
  );
}

type Direction = 'Egress' | 'Ingress';

/** The chain of the pod at one end: what none of its policies lets through is rejected, if one of them isolates it. */
function accepts(world: World, direction: Direction, packet: Packet): boolean {
  if (!isIsolated(world, direction, packet)) return true;
  const policies = world.policies.filter((policy) => isTarget(policy, ownOf(direction, packet)));
  const hooked = policies.filter(
    ({ policyTypes }) => policyTypes.length === 2 || policyTypes[0] === direction,
  );
  return hooked.some((policy) => marks(world, policy, packet));
}

function isIsolated(world: World, direction: Direction, packet: Packet): boolean {
  return world.policies.some(
    (policy) => isTarget(policy, ownOf(direction, packet)) && policy.policyTypes.includes(direction),
  );
}

function ownOf(direction: Direction, { from, to }: Packet): End {
  return direction === 'Egress' ? from : to;
}

/** A policy's own chain: the rules of the directions that it has, whichever way the packet is going. */
function marks(world: World, policy: Policy, packet: Packet): boolean {
  const { from, to } = packet;
  const ingress = policy.policyTypes.includes('Ingress') ? (policy.ingress ?? []) : [];
  const egress = policy.policyTypes.includes('Egress') ? (policy.egress ?? []) : [];
  return (
    ingress.some(
      (rule) =>
        isTarget(policy, to) &&
        marksRule(world, policy, rule.from, rule.ports, from, packet, targets(world, policy)),
    ) ||
    egress.some((rule) => {
      const selected = world.pods.filter((pod) => isSelected(world, policy, rule.to ?? [], pod));
      return isTarget(policy, from) && marksEgress(world, policy, rule, to, packet, selected);
    })
  );
}

function marksRule(
  world: World,
  policy: Policy,
  peers: readonly PolicyPeer[] | undefined,
  ports: readonly PolicyPort[] | undefined,
  peer: End,
  packet: Packet,
  answering: readonly Pod[],
): boolean {
  const listed = ports ?? [];
  const isPort = listed.length === 0 || listed.some((port) => isNumber(port, packet) || isName(port, packet));
  if (peers === undefined || peers.length === 0) return isPort;
  const opensAll = listed.length > 0 && !listed.some((port) => isNumeric(port) || resolves(port, answering));
  if (isSelected(world, policy, peers, peer) && (isPort || opensAll)) return true;
  return isInBlocks(peers, peer) && isPort;
}

function marksEgress(
  world: World,
  policy: Policy,
  { to, ports }: EgressRule,
  peer: End,
  packet: Packet,
  selected: readonly Pod[],
): boolean {
  const listed = ports ?? [];
  const isNumberOf = listed.length === 0 || listed.some((port) => isNumber(port, packet));
  if (to === undefined || to.length === 0) {
    const own = world.pods.filter(({ namespace }) => namespace === policy.namespace);
    return isNumberOf || own.some((pod) => listed.some((port) => isName(port, { ...packet, to: pod })));
  }
  const hasName = listed.some((port) => isName(port, packet));
  const opensAll = listed.length > 0 && !listed.some((port) => isNumeric(port) || resolves(port, selected));
  if (isSelected(world, policy, to, peer) && (isNumberOf || hasName || opensAll)) return true;
  return isInBlocks(to, peer) && isNumberOf;
}

function isNumeric({ port }: PolicyPort): boolean {
  return typeof port !== 'string';
}

function isNumber({ protocol = 'TCP', port, endPort }: PolicyPort, packet: Packet): boolean {
  if (typeof port === 'string' || protocol !== packet.protocol) return false;
  return port === undefined || (packet.port >= port && packet.port <= (endPort ?? port));
}

function isName({ protocol = 'TCP', port }: PolicyPort, packet: Packet): boolean {
  if (typeof port !== 'string' || packet.to.kind !== 'pod' || protocol !== packet.protocol) return false;
  if (packet.to.ports === undefined) return true;
  return packet.to.ports.some(
    (each) => each.name === port && each.protocol === protocol && each.containerPort === packet.port,
  );
}

function resolves({ protocol = 'TCP', port }: PolicyPort, pods: readonly Pod[]): boolean {
  return pods.some(({ ports = [] }) =>
    ports.some((each) => each.name === port && each.protocol === protocol),
  );
}

function targets(world: World, policy: Policy): Pod[] {
  return world.pods.filter((pod) => isTarget(policy, pod));
}

function isTarget(policy: Policy, end: End): boolean {
  return end.kind === 'pod' && end.namespace === policy.namespace && isMatch(policy.podSelector, end.labels);
}

function isSelected(world: World, policy: Policy, peers: readonly PolicyPeer[], end: End): boolean {
  if (end.kind === 'address') return false;
  return peers.some(({ podSelector, namespaceSelector }) => {
    if (podSelector === undefined && namespaceSelector === undefined) return false;
    const labels = { ...world.namespaces[end.namespace], 'kubernetes.io/metadata.name': end.namespace };
    const isThere =
      namespaceSelector === undefined
        ? end.namespace === policy.namespace
        : isMatch(namespaceSelector, labels);
    return isThere && isMatch(podSelector ?? {}, end.labels);
  });
}

export function isMatch({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      if (operator === 'In') return value !== undefined && values.includes(value);
      if (operator === 'NotIn') return value === undefined || !values.includes(value);
      return (value !== undefined) === (operator === 'Exists');
    })
  );
}

/** One ipset for the whole rule; the longest prefix that holds an address decides. */
function isInBlocks(peers: readonly PolicyPeer[], end: End): boolean {
  const blocks = peers.flatMap(({ podSelector, namespaceSelector, ipBlock }) =>
    podSelector === undefined && namespaceSelector === undefined && ipBlock !== undefined ? [ipBlock] : [],
  );
  const entries = blocks.flatMap(({ cidr, except }) => [
    { cidr, matches: true },
    ...except.map((each) => ({ cidr: each, matches: false })),
  ]);
  return (end.kind === 'pod' ? podAddresses : [end.address]).some((address) => {
    const holding = entries.filter(({ cidr }) => isInCidr(cidr, address));
    const longest = Math.max(...holding.map(({ cidr }) => lengthOf(cidr)));
    return holding.some(({ cidr, matches }) => matches && lengthOf(cidr) === longest);
  });
}

function lengthOf(cidr: string): number {
  return Number(cidr.split('/')[1] ?? 128);
}

const known = new Map<string, boolean>();

export function isInCidr(cidr: string, address: string): boolean {
  const key = `${cidr} ${address}`;
  const found = known.get(key) ?? hasSameBits(cidr, address);
  known.set(key, found);
  return found;
}

function hasSameBits(cidr: string, address: string): boolean {
  const [base = '', length = address.includes(':') ? '128' : '32'] = cidr.split('/');
  if (base.includes(':') !== address.includes(':')) return false;
  const bits = (text: string): string =>
    text.includes(':')
      ? expanded(text)
          .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0'))
          .join('')
      : text
          .split('.')
          .map((part) => Number(part).toString(2).padStart(8, '0'))
          .join('');
  return bits(base).slice(0, Number(length)) === bits(address).slice(0, Number(length));
}

function expanded(text: string): string[] {
  const [left = '', right = ''] = text.split('::');
  const [head, tail] = [left, right].map((half) => half.split(':').filter(Boolean));
  const known = [...(head ?? []), ...(tail ?? [])].length;
  return [...(head ?? []), ...Array.from({ length: 8 - known }, () => '0'), ...(tail ?? [])];
}
