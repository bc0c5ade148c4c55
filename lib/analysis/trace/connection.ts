import { addressBits, contains } from '../../documents/cidr';
import { didYouMean } from '../../documents/nearest';
import { privateRanges } from '../../documents/topology';
import { describeObject } from '../../kubernetes/objects/object-key';
import type { Pod } from '../../kubernetes/workloads/pods';
import type { FlowWorkload } from '../flows/cluster';
import type { Network } from '../flows/network';
import { portsOf } from '../flows/ports';
import { clusterDns } from '../flows/proof/declared';
import { type ConnectionEnd, endOfAddresses, endOfPeer, endOfWorkload } from './cluster/ends';
import { policySteps } from './cluster/policies';
import { type AnsweringPods, arrivalStep, serviceSteps } from './cluster/services';
import { type ConnectionQuestion, describeTarget, UntraceableError } from './question';
import { listed, type TraceSteps } from './step';
import type { TraceSubject, TraceTarget } from './subject';

/** A connection between two ends, through the Service and the policies of both ends. */
export function* connectionSteps(subject: TraceSubject, question: ConnectionQuestion): TraceSteps {
  const { from: name, to } = question;
  const network = subject.network;
  const { end: from, namespace } = sourceOf(subject, network, name);
  const service = serviceOf(subject, to, namespace);
  if (service !== undefined) {
    yield* lookupSteps(subject, name, service.name);
    const { port, protocol } = question;
    const destinations = yield* serviceSteps(subject, { ...service, port, protocol, fields: [] });
    for (const destination of destinations) yield* podSteps(subject, from, destination);
    return;
  }
  const workload = workloadNamed(subject, to, namespace);
  if (workload !== undefined) {
    yield* podSteps(subject, from, destinationOf(subject, workload, question));
    return;
  }
  yield* outsideSteps(subject, from, question);
}

interface NamedSource {
  readonly end: ConnectionEnd;
  readonly namespace: string | undefined;
}

function sourceOf(subject: TraceSubject, network: Network, name: string): NamedSource {
  if (addressBits(name) !== undefined)
    return { end: endOfAddresses(network, name, [{ cidr: single(name) }]), namespace: undefined };
  const workload = workloadNamed(subject, name, undefined);
  if (workload === undefined) throw unknownName(subject, name, []);
  return { end: endOfWorkload(subject, network, workload), namespace: workload.namespace };
}

function single(address: string): string {
  return `${address}/${addressBits(address)}`;
}

/** Splits a name such as `web`, `shop/web`, `web.shop` or `web.shop.svc.cluster.local`. */
function namespaced(text: string): { readonly name: string; readonly namespace: string | undefined } {
  const [first = '', second] = text.split('/');
  if (second !== undefined) return { name: second, namespace: first };
  const [, name, namespace] = /^([a-z0-9-]+)\.([a-z0-9-]+)(\.svc(\..*)?)?$/.exec(text) ?? [];
  return name === undefined ? { name: text, namespace: undefined } : { name, namespace };
}

/** Finds a workload by the name of its object, or by its label `app.kubernetes.io/name`. */
function workloadNamed(
  { cluster, network }: TraceSubject,
  text: string,
  near: string | undefined,
): FlowWorkload | undefined {
  const { name, namespace } = namespaced(text);
  const labels = new Map(network.pods.all.map((pod) => [pod.workload, pod.name]));
  const found = cluster.workloads.filter(
    (each) =>
      (namespace === undefined || each.namespace === namespace) &&
      (each.name === name ||
        labels.get(each.object) === text ||
        each.labels.get('app.kubernetes.io/name') === name),
  );
  const exact = found.filter((each) => each.name === name);
  const candidates = exact.length > 0 ? exact : found;
  const close = candidates.filter((each) => each.namespace === near);
  const chosen = close.length > 0 ? close : candidates;
  if (chosen.length > 1)
    throw new UntraceableError(
      `${text} is ambiguous: ${listed(chosen.map(({ object }) => object))} have this name. Add the namespace, as in ${chosen[0]?.namespace}/${name}.`,
    );
  return chosen[0];
}

function serviceOf({ manifests }: TraceSubject, text: string, near: string | undefined) {
  const { name, namespace = near } = namespaced(text);
  const found = manifests
    .of('Service')
    .map(({ object }) => ({ name: object.metadata.name, namespace: object.metadata.namespace ?? 'default' }))
    .filter((each) => each.name === name && (namespace === undefined || each.namespace === namespace));
  return found[0];
}

function unknownName(subject: TraceSubject, name: string, others: readonly string[]): UntraceableError {
  const names = [
    ...new Set([
      ...subject.cluster.workloads.map((each) => each.labels.get('app.kubernetes.io/name') ?? each.name),
      ...others,
    ]),
  ];
  return new UntraceableError(
    `No workload or service has the name ${name}${didYouMean(name, names) || '.'} Known names: ${listed(names.sort()) || 'none'}. A host name must contain a dot.`,
  );
}

function destinationOf(
  { manifests }: TraceSubject,
  { object }: FlowWorkload,
  { to, port, protocol }: ConnectionQuestion,
): AnsweringPods {
  const pod = manifests.pods.all.find((each) => describeObject(each.object) === object);
  if (pod === undefined) throw new Error(`${object} has no pods`);
  const ports = containerPorts(pod).filter((each) => (each.protocol ?? 'TCP') === protocol);
  const number = port ?? (ports.length === 1 ? ports[0]?.containerPort : undefined);
  if (number === undefined)
    throw new UntraceableError(
      `${object} ${ports.length === 0 ? 'lists no port' : `lists the ports ${listed(ports.map(({ containerPort }) => String(containerPort)))}`}: add a port, as in ${to}:${ports[0]?.containerPort ?? 8080}.`,
    );
  return { pod, port: number, protocol };
}

function containerPorts({ spec }: Pod) {
  return (spec.containers ?? []).flatMap(({ ports = [] }) => ports);
}

/** The steps for the policies of both ends, then the step for the pods. */
function* podSteps(subject: TraceSubject, from: ConnectionEnd, destination: AnsweringPods): TraceSteps {
  const { pod, port, protocol } = destination;
  const workload = subject.cluster.workloads.find(({ object }) => object === describeObject(pod.object));
  if (workload === undefined) throw new Error(`${describeObject(pod.object)} is no workload`);
  const to = endOfWorkload(subject, subject.network, workload);
  yield* policySteps(subject, subject.network, { from, to, ports: portsOf(protocol, port, port) });
  yield arrivalStep(subject, destination);
}

/** The DNS lookup before the connection, which policies must also allow. */
function* lookupSteps(subject: TraceSubject, source: string, name: string): TraceSteps {
  const network = subject.wideNetwork;
  const { end: from } = sourceOf(subject, network, source);
  if (from.kind !== 'pods') return;
  const dns = endOfPeer(network, "the cluster's DNS", clusterDns);
  const connection = { from, to: dns, ports: portsOf('UDP', 53, 53) };
  for (const step of policySteps(subject, network, connection)) {
    if (step.key !== 'egress-policy') return;
    yield { ...step, key: 'name-lookup', title: `Lookup of ${name}` };
  }
}

function* outsideSteps(subject: TraceSubject, from: ConnectionEnd, question: ConnectionQuestion): TraceSteps {
  const { to, protocol, from: source } = question;
  const network = subject.network;
  const target = subject.facts.external?.find(({ name }) => name === to);
  const port = question.port ?? target?.port;
  const isAddress = addressBits(to) !== undefined;
  if (target === undefined && !isAddress && !to.includes('.'))
    throw unknownName(subject, to, subject.facts.external?.map(({ name }) => name) ?? []);
  if (port === undefined)
    throw new UntraceableError(`${to} needs a port, as in ${describeTarget({ ...question, port: 443 })}.`);
  if (!isAddress) yield* lookupSteps(subject, source, target?.host ?? to);
  const end = isAddress
    ? endOfAddresses(network, to, [{ cidr: single(to) }])
    : endOfAddresses(network, target?.host ?? to, [{ cidr: '0.0.0.0/0', except: privateRanges }]);
  const shared = { key: 'destination', title: 'Destination' } as const;
  if (end.addresses.length === 0) {
    const inside = [subject.topology.podCidr, subject.topology.serviceCidr].find((range) =>
      contains(range, to),
    );
    const reason = `${to} is in ${inside}, the address range of pods or Services, but it is unknown which of them has this address. Use the name of the workload or Service instead.`;
    yield { ...shared, outcome: 'unknown', reason, fields: [] };
    return;
  }
  const ports = portsOf(protocol, port, port);
  yield* policySteps(subject, network, { from, to: end, ports, external: target?.name });
  yield {
    ...{ ...shared, outcome: 'passes' },
    reason: outsideWords(to, port, target, isAddress),
    fields: target === undefined ? [] : [{ kind: 'external', name: target.name }],
  };
}

function outsideWords(to: string, port: number, target: TraceTarget | undefined, isAddress: boolean): string {
  if (isAddress) return `The connection leaves the cluster for port ${port} of ${to}.`;
  const host = target === undefined ? to : (target.host ?? `${to}, whose host is unknown`);
  return `The connection leaves the cluster for port ${port} of ${host}, which may have any public address.`;
}
