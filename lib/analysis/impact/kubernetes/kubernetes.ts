import type { Topology } from '../../../documents/topology';
import { describeObject } from '../../../kubernetes/objects/object-key';
import type { Consequence } from '../consequence';
import { brokenMerges } from './broken-merges';
import { inPlace } from './in-place';
import { leftBehind, leftBehindObjects } from './left-behind';
import { lostKeys, lostObjects } from './lost-objects';
import { type Objects, objectChanges } from './objects';
import { sealedObjects } from './one-way';
import { refused } from './refused';
import { refusedByServer } from './refused-by-server';
import { admission } from './security/admission';
import { grants } from './security/grants';
import { weakenedPods } from './security/weakened-pods';
import { refusedClaims } from './storage/refused-claims';
import { lostVolumes, stuckVolumes } from './storage/volumes';
import { entrances } from './traffic/entrances';
import { ingressFields } from './traffic/ingress-fields';
import { middlewares } from './traffic/middlewares';
import { reach, reachabilityOf, refusedPolicies } from './traffic/reach';
import { services } from './traffic/services';
import { servicesWithoutOldPods, transitions } from './traffic/transitions';
import { budgets } from './workloads/budgets';
import { findDuplicates } from './workloads/duplicates';
import { helmChart } from './workloads/helm-chart';
import type { KnownNodes } from './workloads/known-nodes';
import { quotas } from './workloads/quotas';
import { restarts } from './workloads/restarts';
import { scaling } from './workloads/scaling';
import { findStuckPods, strandedPods, stuckPods } from './workloads/stuck-pods';

/** The effects of `kubectl apply` of the new output (`head`) on a cluster that runs the old output (`base`). */
export function kubernetesImpact(
  before: Objects,
  after: Objects,
  topology: Topology,
  nodes: KnownNodes,
): Consequence[] {
  const found = objectChanges(before, after);
  const reachability = reachabilityOf(after, topology);
  const reachabilityBefore = reachabilityOf(before, topology);
  const merges = brokenMerges(found);
  const refusals = [
    ...refused(found),
    ...refusedByServer(found),
    ...refusedClaims(found),
    ...merges.filter((each) => each.class === 'fails'),
  ];
  const isRefused = new Set(refusals.map(({ object }) => object));
  const unstartable = findStuckPods(found, nodes, isRefused);
  const fails = [
    ...refusals,
    ...refusedPolicies(found),
    ...stuckPods(unstartable),
    ...strandedPods(found, nodes, new Set(unstartable.keys())),
    ...lostKeys(found),
    ...(nodes.before === undefined || nodes.after === undefined ? stuckVolumes(found) : []),
  ];
  const stuck = new Set(fails.map(({ object }) => object));
  const lost = [...lostVolumes(found), ...lostObjects(found)];
  const reported = new Set(lost.map(({ object }) => object));
  const renamed = findDuplicates(found);
  const gone = leftBehindObjects(before.manifests.all, after.manifests.all);
  const left = gone.filter((object) => !reported.has(describeObject(object)));
  const others = [
    ...lost,
    ...fails,
    ...renamed,
    ...merges.filter((each) => each.class !== 'fails'),
    ...restarts(found, isRefused, unstartable, reachability, servicesWithoutOldPods(found)),
    ...budgets(found),
    ...quotas(found),
    ...scaling(found),
    ...helmChart(found),
    ...reach(found, reachabilityBefore, reachability),
    ...entrances(found),
    ...ingressFields(found),
    ...admission(found),
    ...grants(found),
    ...weakenedPods(found),
    ...sealedObjects(found),
    ...services(found),
    ...transitions(found, topology, reachabilityBefore, reachability),
    ...middlewares(found),
    ...leftBehind(left, after),
  ];
  return [...others, ...inPlace(found, new Set([...stuck, ...others.map(({ object }) => object)]))];
}
