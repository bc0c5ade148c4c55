import { describeSeconds } from '../../../../documents/duration';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import type { Topology } from '../../../../documents/topology';
import { namespaceOf } from '../../../../kubernetes/kinds';
import { describeObject } from '../../../../kubernetes/objects/object-key';
import { podStart } from '../../../../kubernetes/rollout/pod-start';
import type { Labels } from '../../../../kubernetes/workloads/selector';
import { type ChangedConnection, changedConnections } from '../../../flows/changed';
import { isPolicy } from '../../../flows/policy';
import type { Reachability } from '../../../flows/reachability';
import type { Consequence } from '../../consequence';
import { type ChangedObject, type ObjectChanges, Objects } from '../objects';
import { podSpecOf, rolloutOf } from '../workloads/rollout';
import { whyUnbounded } from '../workloads/start';
import { reachabilityOf } from './reach';

/**
 * Effects that last only while old pods run. An apply changes a selector at once, but replaces pods one after another:
 * until the last old pod is replaced, the new selectors also apply to pods with the old labels.
 *
 * @param before the connections of the old output
 * @param after the connections of the new output after every pod is replaced
 */
export function transitions(
  found: ObjectChanges,
  topology: Topology,
  before: () => Reachability,
  after: () => Reachability,
): Consequence[] {
  const relabelled = relabelledWorkloads(found);
  if (relabelled.length === 0) return [];
  const meanwhile = justApplied(found, relabelled);
  return [
    ...serviceTransitions(found, relabelled, meanwhile).flatMap(describeServiceTransition),
    ...connectionsMeanwhile(found, relabelled, before, reachabilityOf(meanwhile, topology), after),
  ];
}

/** By workload: the Services that select none of its pods until its first new pod is ready. */
export function servicesWithoutOldPods(found: ObjectChanges): ReadonlyMap<string, readonly string[]> {
  const relabelled = relabelledWorkloads(found);
  if (relabelled.length === 0) return new Map();
  const services = serviceTransitions(found, relabelled, justApplied(found, relabelled));
  return new Map(
    relabelled.map(({ name }) => [
      name,
      services
        .filter(({ gone }) => gone.some((each) => each.name === name))
        .map(({ service }) => describeObject(service)),
    ]),
  );
}

/** The workloads whose new pods have other labels than their old pods. */
function relabelledWorkloads({ changed, head }: ObjectChanges): ChangedObject[] {
  return changed.filter(
    (object) =>
      object.changes.some(({ path }) => /^spec\.template\.metadata\.labels\b/.test(path)) &&
      rolloutOf(object, head) !== undefined,
  );
}

/** The objects right after the apply: the new output, with the labels of the old pods. */
function justApplied({ head }: ObjectChanges, relabelled: readonly ChangedObject[]): Objects {
  const old = new Map(relabelled.map(({ before, after }) => [after, before]));
  const objects = head.distinct.map((object) => ({ file: '', object: old.get(object) ?? object }));
  return new Objects({ objects, stacks: [], rules: [], texts: new Map() });
}

/** A Service whose endpoints right after the apply differ from those before it or after the rollout. */
interface ServiceTransition {
  readonly service: KubernetesObject;
  /** Workloads that the Service selects again when their first new pod is ready. */
  readonly gone: readonly ChangedObject[];
  /** Workloads that the Service selects only until their pods are replaced. */
  readonly left: readonly ChangedObject[];
  readonly meanwhile: readonly string[];
  readonly inTheEnd: readonly string[];
}

function serviceTransitions(
  { base, head }: ObjectChanges,
  relabelled: readonly ChangedObject[],
  meanwhile: Objects,
): ServiceTransition[] {
  return head.manifests.of('Service').flatMap(({ object: service }) => {
    const old = base.manifests.same(service);
    if (old === undefined) return [];
    const was = endpointsOf(old, base);
    const [is, will] = [endpointsOf(service, meanwhile), endpointsOf(service, head)];
    const gone = relabelled.filter(({ name }) => was.has(name) && !is.has(name) && will.has(name));
    const left = relabelled.filter(({ name }) => was.has(name) && is.has(name) && !will.has(name));
    if (gone.length + left.length === 0) return [];
    return [{ service, gone, left, meanwhile: [...is].sort(), inTheEnd: [...will].sort() }];
  });
}

function describeServiceTransition(transition: ServiceTransition): Consequence[] {
  const { service, gone, left, meanwhile, inTheEnd } = transition;
  const shared = {
    class: 'cut off',
    side: 'kubernetes',
    object: describeObject(service),
    field: 'spec.selector',
  } as const;
  const labels = describeLabels(selectorOf(service));
  const answering = (others: readonly string[]) =>
    others.length === 0 ? 'the Service has no endpoint' : `only ${others.join(', ')} answers`;
  const late: Consequence = {
    ...shared,
    reason: `The Service selects ${labels} at once, but the running pods of ${names(gone)} do not have these labels. Until the first new pod is ready (${longestStart(gone)}), ${answering(meanwhile)}.`,
    wayOut: 'Apply in two steps: first the new pod labels, then, after every pod is replaced, the selector.',
  };
  const lost: Consequence = {
    ...shared,
    reason: `The Service selects ${labels}, but the new pods of ${names(left)} do not have these labels: when they replace the old ones, ${answering(inTheEnd)}.`,
    wayOut: 'Keep the selected labels, or change the selector, too.',
  };
  return [...(gone.length === 0 ? [] : [late]), ...(left.length === 0 ? [] : [lost])];
}

/** The workloads whose pods a Service selects. */
function endpointsOf(service: KubernetesObject, { manifests }: Objects): ReadonlySet<string> {
  const matchLabels = selectorOf(service);
  if (matchLabels === undefined) return new Set();
  const pods = manifests.pods.matching(namespaceOf(service), { matchLabels });
  return new Set(pods.map(({ object }) => describeObject(object)));
}

function selectorOf(service: KubernetesObject): Labels | undefined {
  return (service['spec'] as { selector?: Labels } | undefined)?.selector;
}

/** Connections that differ during the rollout, because the new policies select the labels of new pods. */
function connectionsMeanwhile(
  { base, head }: ObjectChanges,
  relabelled: readonly ChangedObject[],
  before: () => Reachability,
  meanwhile: () => Reachability,
  after: () => Reachability,
): Consequence[] {
  if (!head.manifests.all.some(isPolicy) || !base.manifests.all.some(isPolicy)) return [];
  const [now, then] = [changedConnections(before(), meanwhile()), changedConnections(before(), after())];
  const lasting = new Set([...then.lost, ...then.gained].map(keyOf));
  const mine = ({ workloads }: ChangedConnection) => relabelled.some(({ name }) => workloads.includes(name));
  const passing = (connections: readonly ChangedConnection[]) =>
    connections.filter((each) => mine(each) && !lasting.has(keyOf(each)));
  const shared = ({ from, to, ports }: ChangedConnection) => ({
    ...({ side: 'kubernetes', object: `${from} -> ${to}`, field: ports } as const),
    wayOut:
      'Apply in two steps: first a policy for both labels, then, after every pod is replaced, only the new policy.',
  });
  const until = `until every pod of ${names(relabelled)} is replaced`;
  return [
    ...passing(now.gained).map((connection) => ({
      ...{ class: 'exposed' as const, ...shared(connection) },
      reason: `The connection is allowed ${until}: the new policies do not select the running pods.`,
    })),
    ...passing(now.lost).map((connection) => ({
      ...{ class: 'cut off' as const, ...shared(connection) },
      reason: `The connection is denied ${until}: the new policies do not select the running pods.`,
    })),
  ];
}

function keyOf({ from, to, ports }: ChangedConnection): string {
  return [from, to, ports].join('\n');
}

function names(objects: readonly ChangedObject[]): string {
  return objects.map(({ name }) => name).join(', ');
}

function longestStart(objects: readonly ChangedObject[]): string {
  const starts = objects.map(({ after }) => podStart(podSpecOf(after)));
  const bound = describeSeconds(Math.max(...starts.map(({ seconds }) => seconds)));
  return starts.some((start) => whyUnbounded(start) !== undefined) ? `at least ${bound}` : `at most ${bound}`;
}

function describeLabels(labels: Labels = {}): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(', ');
}
