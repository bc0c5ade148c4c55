import * as fc from 'fast-check';
import { flows } from '../../../lib/analysis/flows/flows';
import type { Protocol } from '../../../lib/analysis/flows/ports';
import { TraceSubject } from '../../../lib/analysis/trace/subject';
import { type TraceReport, traceThrough } from '../../../lib/analysis/trace/trace';
import { topologyOf } from '../../../lib/deployment/model/addresses';
import type { KubernetesObject } from '../../../lib/documents/kubernetes';
import { outputOfApplied } from '../../../lib/documents/output';
import { production } from '../../support/production';
import { covers, describePacket, documents, worlds } from '../flows/agreement';
import { topology } from '../flows/documents';
import type { End } from '../flows/oracle';

/** Whether a policy stops a connection, and nothing else does. */
function isDenied({ steps }: TraceReport): boolean {
  const stopping = steps.find(({ outcome }) => outcome === 'stops')?.key;
  if (stopping !== undefined && stopping !== 'egress-policy' && stopping !== 'ingress-policy')
    throw new Error(`stopped by ${stopping}`);
  return stopping !== undefined;
}

function nameOf(end: End): string {
  return end.kind === 'address' ? end.address : `${end.namespace}/${end.name}`;
}

/** Addresses outside of the pods. */
const addresses = ['8.8.8.8', '203.0.113.5', '10.1.2.3', '169.254.169.254', '10.42.3.0', '2001:db8::1'];

const ports: readonly (readonly [Protocol, number])[] = [
  ...[80, 81, 8080, 9090].map((port) => ['TCP', port] as const),
  ...[['UDP', 80] as const, ['SCTP', 80] as const],
];

test('a policy stops a connection exactly if flows does not list it', () => {
  fc.assert(
    fc.property(worlds, fc.nat(ports.length - 1), fc.nat(addresses.length - 1), (world, first, second) => {
      const objects = documents(world);
      const { connections } = flows(objects, topology);
      const subject = new TraceSubject(outputOfApplied(objects), { topology });
      const outside: End = { kind: 'address', address: addresses[second] ?? '' };
      const [protocol, port] = ports[first] ?? ['TCP', 80];
      const pairs = world.pods.flatMap((own): [End, End][] => [
        ...world.pods.map((other): [End, End] => [own, other]),
        [own, outside],
        [outside, own],
      ]);
      for (const [from, to] of pairs) {
        const packet = { from, to, protocol, port };
        const question = { kind: 'connection', from: nameOf(from), to: nameOf(to), port, protocol } as const;
        const denied = isDenied(traceThrough(subject, question));
        if (denied === connections.some((connection) => covers(connection, packet)))
          throw new Error(`${describePacket(packet)}: the trace says ${denied ? 'denied' : 'allowed'}`);
      }
    }),
    { numRuns: 60 },
  );
});

describe('production', () => {
  const objects: readonly KubernetesObject[] = production.documents.map(({ object }) => object);
  const topology = topologyOf(production.model);
  const { connections } = flows(objects, topology);
  const subject = new TraceSubject(outputOfApplied(withoutServices(objects)), { topology });
  const names = production.model.workloads.map(([name]) => name);
  const isListed = (from: string, to: string, port: number) =>
    connections.some(
      (each) =>
        each.from.kind === 'pods' &&
        each.to.kind === 'pods' &&
        each.from.pods.some(({ labels, workload }) => workload !== undefined && isCalled(labels, from)) &&
        each.to.pods.some(({ labels, workload }) => workload !== undefined && isCalled(labels, to)) &&
        each.ports.some((range) => range.protocol === 'TCP' && range.from <= port && port <= range.to),
    );

  test.each(names)('every connection of %s', (from) => {
    for (const to of names) {
      for (const port of [53, 443, 3000, 5432, 6379, 8000, 8429, 9121]) {
        const question = { kind: 'connection', from, to, port, protocol: 'TCP' } as const;
        const denied = isDenied(traceThrough(subject, question));
        expect([from, to, port, !denied]).toEqual([from, to, port, isListed(from, to, port)]);
      }
    }
  });
});

function isCalled(labels: Readonly<Record<string, string>>, name: string): boolean {
  return labels['app.kubernetes.io/name'] === name;
}

/** A name then means the workload, whatever ports its Service has. */
function withoutServices(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return objects.filter(({ kind }) => kind !== 'Service');
}
