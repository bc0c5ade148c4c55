import * as fc from 'fast-check';
import type { Endpoint } from '../../../lib/analysis/flows/endpoint';
import type { PortRange } from '../../../lib/analysis/flows/ports';
import { prove } from '../../../lib/analysis/flows/proof/prove';
import { analyse } from '../../../lib/analysis/flows/reachability';
import type { Flow, Peer } from '../../../lib/documents/flow';
import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { namespace, policy, topology, workload } from './documents';
import {
  allows,
  type End,
  isInCidr,
  isMatch,
  isOpen,
  isSlack,
  type Packet,
  type Pod,
  type Policy,
  type PolicyPeer,
  type World,
} from './oracle';

const namespaces = { a: { team: 'x' }, b: {} };

const cidrs = [
  ...[
    '0.0.0.0/0',
    '10.0.0.0/8',
    '10.42.0.0/16',
    '10.42.128.0/17',
    '10.42.3.0/24',
    '10.42.3.0/32',
    '10.42.3.5/32',
  ],
  ...['203.0.113.0/24', '203.0.113.128/25', '169.254.0.0/16', '::/0', '2001:db8::/32'],
];

const addresses = [
  ...[
    '8.8.8.8',
    '203.0.113.5',
    '203.0.113.200',
    '10.1.2.3',
    '169.254.169.254',
    '178.104.247.152',
    '127.0.0.1',
  ],
  ...['10.42.0.0', '10.42.3.0', '10.42.40.0', '10.42.200.0', '2001:db8::1', '2606:4700::1'],
];

const services: [string, number][] = [
  ...([80, 81, 90, 8080, 9090].map((port) => ['TCP', port]) as [string, number][]),
  ...(['UDP', 'SCTP'].map((protocol) => [protocol, 80]) as [string, number][]),
];

const labels = fc.record(
  { app: fc.constantFrom('x', 'y'), tier: fc.constantFrom('p', 'q') },
  { requiredKeys: [] },
);

const expression = fc.oneof(
  fc.record({
    key: fc.constantFrom('app', 'tier'),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.subarray(['x', 'y', 'p', 'z'], { minLength: 1 }),
  }),
  fc.record({
    key: fc.constantFrom('app', 'tier'),
    operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
  }),
);

const selector = fc.oneof(
  { weight: 3, arbitrary: fc.record({ matchLabels: labels }) },
  { weight: 1, arbitrary: fc.constant({}) },
  {
    weight: 2,
    arbitrary: fc.record({ matchExpressions: fc.array(expression, { minLength: 1, maxLength: 2 }) }),
  },
);

const namespaceSelector = fc.constantFrom(
  {},
  { matchLabels: { team: 'x' } },
  { matchLabels: { 'kubernetes.io/metadata.name': 'b' } },
  { matchExpressions: [{ key: 'team', operator: 'DoesNotExist' as const }] },
  { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn' as const, values: ['a'] }] },
);

/** What is excepted lies inside, and is not the whole. */
const ipBlock = fc.constantFrom(...cidrs).chain((cidr) => {
  const inside = cidrs.filter((each) => each !== cidr && isInside(each, cidr));
  return fc.record({ cidr: fc.constant(cidr), except: fc.subarray(inside) });
});

const peer: fc.Arbitrary<PolicyPeer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ namespaceSelector, podSelector: selector }),
  { weight: 2, arbitrary: fc.record({ ipBlock }) },
);

const port = fc.oneof(
  fc.record({ port: fc.constantFrom(80, 90, 8080) }),
  fc.record({ port: fc.constantFrom(80), endPort: fc.constantFrom(80, 81, 90) }),
  fc.record({ port: fc.constantFrom('http', 'metrics'), protocol: fc.constantFrom('TCP', 'UDP') }),
  fc.record({ protocol: fc.constantFrom('UDP', 'SCTP') }),
);

const peers = fc.option(fc.array(peer, { maxLength: 3 }), { nil: undefined });
const ports = fc.option(fc.array(port, { maxLength: 2 }), { nil: undefined });
const rules = { maxLength: 2 };

const policies: fc.Arbitrary<Policy[]> = fc.array(
  fc
    .record({
      namespace: fc.constantFrom('a', 'b'),
      podSelector: selector,
      policyTypes: fc.subarray(['Ingress' as const, 'Egress' as const], { minLength: 1 }),
      ingress: fc.array(fc.record({ from: peers, ports }), rules),
      egress: fc.array(fc.record({ to: peers, ports }), rules),
    })
    .map((spec) => withoutUndefined(spec) as Policy),
  { maxLength: 5 },
);

const pods: fc.Arbitrary<Pod[]> = fc
  .array(
    fc.record({
      namespace: fc.constantFrom('a', 'b'),
      labels,
      ports: fc.subarray([
        { name: 'http', protocol: 'TCP', containerPort: 8080 },
        { name: 'metrics', protocol: 'TCP', containerPort: 9090 },
        { name: 'metrics', protocol: 'UDP', containerPort: 80 },
      ]),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((all) => all.map((pod, index) => ({ kind: 'pod', name: `pod-${index}`, ...pod })));

export const worlds: fc.Arbitrary<World> = fc.record({ policies, pods, namespaces: fc.constant(namespaces) });

const peersOfFlows: fc.Arbitrary<Peer> = fc.oneof(
  fc.record({
    kind: fc.constant('pods' as const),
    namespace: fc.constantFrom('a', 'b'),
    labels: labels.map(defined),
  }),
  ipBlock
    .filter(({ cidr }) => cidr !== '10.42.3.5/32')
    .map((block) => ({ kind: 'addresses' as const, ...block })),
);

const flows: fc.Arbitrary<Flow[]> = fc.array(
  fc.record({
    name: fc.constant('declared'),
    from: peersOfFlows,
    to: peersOfFlows,
    protocol: fc.constantFrom('TCP' as const, 'UDP' as const),
    port: fc.constantFrom(80, 8080, 9090),
  }),
  { maxLength: 6 },
);

/** The analysis and the oracle agree on every connection, in so many worlds. */
export function analysisAgrees(numRuns: number): void {
  fc.assert(
    fc.property(worlds, sample, (world, from) => {
      const { connections } = analyse(documents(world), topology);
      for (const packet of packets(world, from)) {
        const found = connections.some((connection) => covers(connection, packet));
        if (found !== allows(world, packet)) {
          throw new Error(`${describePacket(packet)}: the analysis says ${found ? 'possible' : 'denied'}`);
        }
      }
    }),
    { numRuns },
  );
}

/** The proof differs from the declarations where the oracle does, in so many worlds. */
export function proofAgrees(numRuns: number): void {
  fc.assert(
    fc.property(worlds, flows, sample, (world, declared, from) => {
      const differences = prove(analyse(documents(world), topology), declared, { clusterDns: false });
      for (const packet of packets(world, from)) {
        const isPossible = allows(world, packet);
        // What nothing isolates is reported as a whole, declared ports and all.
        const isDeclared = declared.some((flow) => isMeant(flow, packet)) && !isOpen(world, packet);
        const expected = [
          ...(isPossible === isDeclared ? [] : [isPossible ? 'gained' : 'lost']),
          ...(isSlack(world, packet) && !isDeclared ? ['slack'] : []),
        ];
        const found = differences.filter((difference) => differs(difference, packet)).map(({ kind }) => kind);
        if (JSON.stringify([...new Set(found)]) !== JSON.stringify(expected)) {
          throw new Error(`${describePacket(packet)}: ${found} instead of ${expected}`);
        }
      }
    }),
    { numRuns },
  );
}

export function documents({ policies: all, pods: known }: World): KubernetesObject[] {
  return [
    ...Object.entries(namespaces).map(([name, each]) => namespace(name, each)),
    // Nothing is judged between pods of undescribed namespaces, so each has a workload.
    ...['a', 'b'].map((name) => workload('idle', { namespace: name, labels: { idle: 'yes' } })),
    ...known.map((pod) =>
      workload(pod.name, {
        namespace: pod.namespace,
        labels: defined(pod.labels),
        ports: [...(pod.ports ?? [])],
      }),
    ),
    ...all.map(({ namespace: name, ...spec }, index) =>
      policy(`policy-${index}`, spec as unknown as Json, name),
    ),
  ];
}

/** So many of the connections are tried in each world: every world has hundreds that differ in nothing. */
const sampled = 17;
const sample = fc.nat(sampled - 1);

/** Connections that the parts of a world tell apart; one end at least is a pod of a described namespace. */
function packets(world: World, first: number): Packet[] {
  const others = ['a', 'b', 'z'].map(
    (name): Pod => ({ kind: 'pod', name: 'other', namespace: name, labels: {} }),
  );
  const described: End[] = [...world.pods, ...others.slice(0, 2)];
  const all: End[] = [
    ...world.pods,
    ...others,
    ...addresses.map((address): End => ({ kind: 'address', address })),
  ];
  const pairs = described.flatMap((own) =>
    all.flatMap((other): [End, End][] => [
      [own, other],
      [other, own],
    ]),
  );
  const every = pairs.flatMap(([from, to]) =>
    services.map(([protocol, number]) => ({ from, to, protocol, port: number })),
  );
  return every.filter((_, index) => index % sampled === first);
}

interface Ends {
  readonly from: readonly Endpoint[];
  readonly to: readonly Endpoint[];
  readonly ports: readonly PortRange[];
}

export function covers(
  { from, to, ports: ranges }: { from: Endpoint; to: Endpoint; ports: readonly PortRange[] },
  packet: Packet,
) {
  return differs({ from: [from], to: [to], ports: ranges }, packet);
}

function differs({ from, to, ports: ranges }: Ends, packet: Packet): boolean {
  return (
    ranges.some(
      (range) => range.protocol === packet.protocol && range.from <= packet.port && packet.port <= range.to,
    ) &&
    from.some((endpoint) => isAt(endpoint, packet.from)) &&
    to.some((endpoint) => isAt(endpoint, packet.to))
  );
}

const met = new WeakMap<Endpoint, Map<End, boolean>>();

function isAt(endpoint: Endpoint, end: End): boolean {
  const ends = met.get(endpoint) ?? new Map<End, boolean>();
  const found = ends.get(end) ?? isPartOf(endpoint, end);
  met.set(endpoint, ends.set(end, found));
  return found;
}

function isPartOf(endpoint: Endpoint, end: End): boolean {
  if (endpoint.kind === 'addresses') {
    return end.kind === 'address' && endpoint.cidrs.some((cidr) => isInCidr(cidr, end.address));
  }
  if (end.kind === 'address') return false;
  return endpoint.pods.some(({ namespace: name, workload: object, labels: own }) =>
    end.ports === undefined
      ? name === (end.namespace === 'z' ? '*' : end.namespace) &&
        object === undefined &&
        Object.keys(own).length === 0
      : object === `Deployment ${end.namespace}/${end.name}`,
  );
}

function isMeant(flow: Flow, packet: Packet): boolean {
  const isEnd = (meant: Peer, end: End): boolean => {
    if (meant.kind === 'pods') {
      return (
        end.kind === 'pod' &&
        end.namespace === meant.namespace &&
        isMatch({ matchLabels: meant.labels }, end.labels)
      );
    }
    if (end.kind === 'pod') return false;
    return isInCidr(meant.cidr, end.address) && !meant.except.some((cidr) => isInCidr(cidr, end.address));
  };
  const isService = flow.protocol === packet.protocol && flow.port === packet.port;
  return isService && isEnd(flow.from, packet.from) && isEnd(flow.to, packet.to);
}

function isInside(cidr: string, outer: string): boolean {
  const [base = '', length] = cidr.split('/');
  return isInCidr(outer, base) && Number(length) > Number(outer.split('/')[1]);
}

export function describePacket({ from, to, protocol, port: number }: Packet): string {
  const text = (end: End): string => (end.kind === 'pod' ? `${end.namespace}/${end.name}` : end.address);
  return `${text(from)} -> ${text(to)}:${number} ${protocol}`;
}

/** fast-check leaves keys out; JSON.parse makes them absent rather than undefined. */
function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function defined(given: { readonly [key: string]: string | undefined }): Record<string, string> {
  return JSON.parse(JSON.stringify(given)) as Record<string, string>;
}
