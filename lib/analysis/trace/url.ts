import type { WebRequest } from '../../documents/web-request';
import { describeObject } from '../../kubernetes/objects/object-key';
import type { TraefikRouter } from '../../kubernetes/traefik/routers';
import type { Network } from '../flows/network';
import { portsOf } from '../flows/ports';
import { type ConnectionEnd, endOfWorkload, traefikEnd } from './cluster/ends';
import { policySteps } from './cluster/policies';
import { type AnsweringPods, arrivalStep, serviceSteps } from './cluster/services';
import { firewallSteps } from './edge/firewalls';
import { recordSteps } from './edge/records';
import { edgeRuleSteps } from './edge/rules';
import { tlsSteps } from './edge/tls';
import { listed, type StepDraft, type TraceSteps } from './step';
import type { TraceSubject } from './subject';
import { entryPointSteps, receivedBy } from './traefik/entry-point';
import { middlewareSteps } from './traefik/middlewares';
import { ingressOfOtherClass, routerSteps } from './traefik/router';

/** The steps of a request from a visitor to the pods that answer it. */
export function* urlSteps(subject: TraceSubject, request: WebRequest): TraceSteps {
  const arrival = yield* recordSteps(subject, request);
  const { isProxied } = arrival;
  if (isProxied === true) yield* edgeRuleSteps(subject, request);
  const origin =
    isProxied === true
      ? yield* tlsSteps(subject, request)
      : { port: request.port, isTls: request.scheme === 'https' };
  yield* firewallSteps(subject, request, arrival, origin.port);
  const received = receivedBy(subject, request, isProxied);
  const other = ingressOfOtherClass(subject, received);
  if (other !== undefined) {
    yield* otherControllerSteps(subject, other);
    return;
  }
  const entry = yield* entryPointSteps(subject, origin.port, origin.isTls);
  const router = yield* routerSteps(subject, received, entry);
  yield* middlewareSteps(subject, received, router);
  const client = subject.traefik === undefined ? undefined : traefikEnd(subject, subject.wideNetwork);
  yield* backendSteps(subject, router, client);
}

/** The steps for an Ingress of another controller. It is unknown which pods connect to the Service. */
function* otherControllerSteps(subject: TraceSubject, router: TraefikRouter): TraceSteps {
  yield {
    ...{ key: 'router', title: 'Ingress', outcome: 'unknown' },
    reason: `${describeObject(router.object)} matches the host and the path. Its controller is not Traefik, so it is unknown what else happens to the request.`,
    fields: [
      subject.field(router.object, router.path),
      subject.field(router.object, 'spec.ingressClassName'),
    ],
  };
  yield* backendSteps(subject, router, undefined);
}

/** @param client undefined for a controller that is not in the input */
function* backendSteps(
  subject: TraceSubject,
  router: TraefikRouter,
  client: ConnectionEnd | undefined,
): TraceSteps {
  for (const { kind, namespace, name, port, path } of router.backends) {
    const fields = [subject.field(router.object, path)];
    if (kind !== 'Service' || name.includes('@')) {
      const reason = `Traefik sends the request to ${kind} ${name}: it is unknown which Service gets the request.`;
      yield { key: 'service', title: `${kind} ${name}`, outcome: 'unknown', reason, fields };
      continue;
    }
    const asked = { namespace, name, port, protocol: 'TCP', fields } as const;
    const destinations = yield* serviceSteps(subject, asked);
    for (const destination of destinations) yield* arrivalSteps(subject, client, destination);
  }
}

function* arrivalSteps(
  subject: TraceSubject,
  client: ConnectionEnd | undefined,
  destination: AnsweringPods,
): TraceSteps {
  const { pod, port, protocol } = destination;
  const network = subject.wideNetwork;
  const workload = subject.cluster.workloads.find(({ object }) => object === describeObject(pod.object));
  if (workload === undefined) return;
  const to = endOfWorkload(subject, network, workload);
  if (client === undefined) yield unknownClientStep(subject, network, to);
  else yield* policySteps(subject, network, { from: client, to, ports: portsOf(protocol, port, port) });
  yield arrivalStep(subject, destination);
}

/** The step for the policies of the server, if the pods of the controller are unknown. */
function unknownClientStep(subject: TraceSubject, network: Network, to: ConnectionEnd): StepDraft {
  const shared = { key: 'ingress-policy', title: 'Policies of the server' } as const;
  const isolating =
    to.kind === 'pods' ? to.classes.flatMap((id) => network.side('ingress', id).isolatedBy) : [];
  if (isolating.length === 0) {
    const reason = `No NetworkPolicy isolates ${to.name} for ingress, so all connections are allowed.`;
    return { ...shared, outcome: 'passes', reason, fields: [] };
  }
  const names = [...new Set(isolating.map(({ name }) => name))];
  return {
    ...{ ...shared, outcome: 'unknown' },
    reason: `${listed(names)} ${names.length === 1 ? 'isolates' : 'isolate'} ${to.name} for ingress, but the pods that connect are not in the input.`,
    fields: names.flatMap((name) => {
      const object = subject.named(name);
      return object === undefined ? [] : [subject.field(object, 'spec')];
    }),
  };
}
