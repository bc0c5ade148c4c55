import { allocatable } from '../../kubernetes/scheduling/node';
import { amountsOf, podAmount, type ResourceSide } from '../../kubernetes/scheduling/requests';
import { knownMost } from '../../kubernetes/workloads/pod-count';
import type { Pod } from '../../kubernetes/workloads/pods';
import { describeCpu, describeMemory } from './amounts';
import { nameIn, type ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** The requests and limits of each pod, and the sum of all requests. */
export function resourcesTable(subject: ReportSubject): ReportTable[] {
  const { manifests, facts } = subject.drill.cluster;
  const pods = manifests.pods.all;
  const amount = (pod: Pod, resource: 'cpu' | 'memory', side: ResourceSide) => {
    const value = podAmount(pod, manifests, resource, side);
    const text = value === 0 ? 'none' : resource === 'cpu' ? describeCpu(value) : describeMemory(value);
    return { text, place: subject.placeOf({ object: pod.object, path: `${pod.path}.containers` }) };
  };
  const serving = pods.filter(({ isServing }) => isServing);
  const total = (resource: 'cpu' | 'memory') =>
    serving.reduce((sum, pod) => sum + amountsOf(pod, manifests)[resource] * knownMost(pod.count), 0);
  const nodes = facts.nodes.map(allocatable);
  const room = (resource: 'cpu' | 'memory') => nodes.reduce((sum, each) => sum + each[resource], 0);
  const isKnown = nodes.length > 0 && Number.isFinite(room('cpu')) && Number.isFinite(room('memory'));
  const of = isKnown
    ? ` of the ${describeCpu(room('cpu'))} CPU and ${describeMemory(room('memory'))} that the nodes have for pods`
    : '';
  return reportTable({
    id: 'resources',
    title: 'Resources',
    about: ['Requests and limits of one pod.'],
    columns: ['Service', ['Pods'], ['CPU request'], ['CPU limit'], ['Memory request'], ['Memory limit']],
    rows: pods.map((pod) => [
      {
        text: nameIn(subject, pod.object),
        place: subject.placeOf({ object: pod.object, path: 'metadata.name' }),
      },
      String(knownMost(pod.count)),
      amount(pod, 'cpu', 'requests'),
      amount(pod, 'cpu', 'limits'),
      amount(pod, 'memory', 'requests'),
      amount(pod, 'memory', 'limits'),
    ]),
    notes: [
      `The pods that run permanently request ${describeCpu(total('cpu'))} CPU and ${describeMemory(total('memory'))}${of}.`,
    ],
  });
}
