import type { Container } from '../../../imports/kubernetes/kinds';
import { kindOf } from '../../kubernetes/objects/object-key';
import type { PodCount } from '../../kubernetes/workloads/pod-count';
import type { Pod } from '../../kubernetes/workloads/pods';
import { nameIn, type ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** Each workload, with its images and settings. */
export function servicesTable(subject: ReportSubject): ReportTable[] {
  const { manifests } = subject.drill.cluster;
  return reportTable({
    id: 'services',
    title: 'Services',
    columns: ['Service', 'Kind', 'Image', ['Replicas'], ['Ports']],
    rows: manifests.pods.all.map((pod) => [
      {
        text: nameIn(subject, pod.object),
        place: subject.placeOf({ object: pod.object, path: 'metadata.name' }),
      },
      kindOf(pod.object),
      containersOf(pod)
        .map(({ image = '' }) => image.replace(/@.*/, ''))
        .join(', '),
      {
        text: describeCount(pod.count),
        place: subject.placeOf({ object: pod.object, path: 'spec.replicas' }),
      },
      containersOf(pod)
        .flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort))
        .join(', '),
    ]),
  });
}

function containersOf({ spec }: Pod): readonly Container[] {
  return spec.containers ?? [];
}

function describeCount({ least, most }: PodCount): string {
  if (least === most) return String(least);
  return Number.isFinite(most) ? `${least} to ${most}` : `${least} or more`;
}
