import type { Topology } from '../../../documents/topology';
import { describeObject } from '../../../kubernetes/objects/object-key';
import type { Consequence } from '../consequence';
import { admission } from './admission';
import { brokenMerges } from './broken-merges';
import { budgets } from './budgets';
import { entrances } from './entrances';
import { grants } from './grants';
import { helmChart } from './helm-chart';
import { inPlace } from './in-place';
import { ingressFields } from './ingress-fields';
import { leftBehind, leftBehindObjects } from './left-behind';
import { lostKeys, lostObjects } from './lost-objects';
import { middlewares } from './middlewares';
import { type Objects, objectChanges } from './objects';
import { quotas } from './quotas';
import { reach, reachabilityOf, refusedPolicies } from './reach';
import { refused } from './refused';
import { refusedByServer } from './refused-by-server';
import { restarts } from './restarts';
import { scaling } from './scaling';
import { services } from './services';
import { sideBySide } from './side-by-side';
import { servicesWithoutOldPods, transitions } from './transitions';
import { lostVolumes, stuckVolumes } from './volumes';

/** What `kubectl apply` of one output does where the other one runs. */
export function kubernetesImpact(before: Objects, after: Objects, topology: Topology): Consequence[] {
  const found = objectChanges(before, after);
  const reachability = reachabilityOf(after, topology);
  const reachabilityBefore = reachabilityOf(before, topology);
  const merges = brokenMerges(found);
  const refusals = [
    ...refused(found),
    ...refusedByServer(found),
    ...merges.filter((each) => each.class === 'fails'),
  ];
  const fails = [
    ...refusals,
    ...refusedPolicies(found),
    ...stuckVolumes(found),
    ...quotas(found),
    ...lostKeys(found),
  ];
  const stuck = new Set(fails.map(({ object }) => object));
  const lost = [...lostVolumes(found), ...lostObjects(found)];
  const told = new Set(lost.map(({ object }) => object));
  const beside = sideBySide(found);
  const gone = leftBehindObjects(before.manifests.all, after.manifests.all);
  const left = gone.filter((object) => !told.has(describeObject(object)));
  const others = [
    ...lost,
    ...fails,
    ...beside,
    ...merges.filter((each) => each.class !== 'fails'),
    ...restarts(
      found,
      new Set(refusals.map(({ object }) => object)),
      reachability,
      servicesWithoutOldPods(found),
    ),
    ...budgets(found),
    ...scaling(found),
    ...helmChart(found),
    ...reach(found, reachabilityBefore, reachability),
    ...entrances(found),
    ...ingressFields(found),
    ...admission(found),
    ...grants(found),
    ...services(found),
    ...transitions(found, topology, reachabilityBefore, reachability),
    ...middlewares(found),
    ...leftBehind(left, after),
  ];
  return [...others, ...inPlace(found, new Set([...stuck, ...others.map(({ object }) => object)]))];
}
