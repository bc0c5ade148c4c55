import type { ServicePort } from '../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../documents/kubernetes';
import { didYouMean } from '../../../documents/nearest';
import { specAs } from '../../../kubernetes/kinds';
import { describeObject } from '../../../kubernetes/objects/object-key';
import type { Pod } from '../../../kubernetes/workloads/pods';
import { describeSelector } from '../../../kubernetes/workloads/selector';
import { targetPortOf } from '../../../kubernetes/workloads/target-port';
import type { Protocol } from '../../flows/ports';
import { listed, type StepDraft, stop, type TraceField, type TraceSteps } from '../step';
import type { TraceSubject } from '../subject';

/** Pods that answer a request, and the port on which they listen. */
export interface AnsweringPods {
  readonly pod: Pod;
  readonly port: number;
  readonly protocol: Protocol;
}

/** The Service that a client connects to. */
export interface AskedService {
  readonly namespace: string;
  readonly name: string;
  readonly port: number | string | undefined;
  readonly protocol: Protocol;
  /** The fields that name the Service. */
  readonly fields: readonly TraceField[];
}

/** The steps for Service, endpoints and target port. Returns no pods if it is unknown which pods answer. */
export function* serviceSteps(subject: TraceSubject, asked: AskedService): TraceSteps<AnsweringPods[]> {
  const { namespace, name } = asked;
  const service = subject.manifests.find('Service', namespace, name);
  if (service === undefined) return yield* missingService(subject, asked);
  const { ports = [], type, externalName, selector } = specAs('Service', service);
  const found = yield* portStep(subject, service, ports, asked);
  const index = ports.indexOf(found);
  const shared = { key: 'endpoints', title: 'Endpoints' } as const;
  if (type === 'ExternalName' || selector === undefined) {
    const reason =
      type === 'ExternalName'
        ? `The Service is an alias of the host ${externalName}, which is not part of the input.`
        : 'The Service has no selector, so its endpoints are created separately and are not part of the input.';
    yield { ...shared, outcome: 'unknown', reason, fields: [subject.field(service, 'spec.type')] };
    return [];
  }
  const pods = yield* endpointStep(subject, service, selector);
  return yield* targetPortStep(subject, service, `spec.ports[${index}]`, found, pods);
}

function* missingService(
  { manifests, isComplete }: TraceSubject,
  { namespace, name, fields }: AskedService,
): TraceSteps<AnsweringPods[]> {
  const shared = { key: 'service', title: `Service ${name}`, fields } as const;
  const names = manifests
    .of('Service')
    .filter(({ object }) => (object.metadata.namespace ?? 'default') === namespace)
    .map(({ object }) => object.metadata.name);
  if (!isComplete && names.length === 0) {
    yield {
      ...shared,
      outcome: 'unknown',
      reason: `The input does not contain Service ${namespace}/${name}.`,
    };
    return [];
  }
  return yield* stop({
    ...shared,
    reason: `There is no Service ${namespace}/${name}${didYouMean(name, names) || '.'}`,
    fix: `Add the Service, or use one of ${listed(names) || 'the Services of another namespace'}.`,
  });
}

function* portStep(
  subject: TraceSubject,
  service: KubernetesObject,
  ports: readonly ServicePort[],
  { port, protocol, fields }: AskedService,
): TraceSteps<ServicePort> {
  const shared = { key: 'service', title: `Service ${service.metadata.name}` } as const;
  const found =
    port === undefined && ports.length === 1
      ? ports[0]
      : ports.find(
          (each) => (each.port === port || each.name === port) && (each.protocol ?? 'TCP') === protocol,
        );
  if (found === undefined) {
    const stated = listed(ports.map(describePort));
    return yield* stop({
      ...{ ...shared, fields: [...fields, subject.field(service, 'spec.ports')] },
      reason: `${describeObject(service)} has no port ${port ?? ''} (${protocol}); it has ${stated || 'none'}.`,
      fix: `Connect to port ${ports[0]?.port ?? ''}, or add port ${port ?? ''} to spec.ports of the Service.`,
    });
  }
  yield {
    ...shared,
    outcome: 'passes',
    reason: `${describeObject(service)} has port ${describePort(found)}.`,
    fields: [...fields, subject.field(service, `spec.ports[${ports.indexOf(found)}]`)],
  };
  return found;
}

function describePort({ port, name, protocol = 'TCP' }: ServicePort): string {
  return `${port}${name === undefined ? '' : ` (${name})`}${protocol === 'TCP' ? '' : ` ${protocol}`}`;
}

function* endpointStep(
  subject: TraceSubject,
  service: KubernetesObject,
  selector: Readonly<Record<string, string>>,
): TraceSteps<Pod[]> {
  const shared = { key: 'endpoints', title: 'Endpoints' } as const;
  const namespace = service.metadata.namespace ?? 'default';
  const fields = [subject.field(service, 'spec.selector')];
  const { pods } = subject.manifests;
  const matched = pods.matching(namespace, { matchLabels: selector });
  const text = describeSelector({ matchLabels: selector });
  const others = pods.of(namespace).filter(({ isServing }) => isServing);
  if (matched.length === 0 && others.length === 0 && !subject.isComplete) {
    yield {
      ...shared,
      outcome: 'unknown',
      reason: `The input does not contain pods with ${text}.`,
      fields,
    };
    return [];
  }
  if (matched.length === 0) {
    return yield* stop({
      ...{ ...shared, fields },
      reason: `The selector ${text} of ${describeObject(service)} matches no pod, so the Service has no endpoint.`,
      fix: `Set the selector to the labels of the pods: ${listed(others.map(labelsInWords).slice(0, 3)) || 'there are none'}.`,
    });
  }
  const running = matched.filter(({ count }) => count.most > 0);
  if (running.length === 0) {
    return yield* stop({
      ...{
        ...shared,
        fields: [...fields, ...matched.map(({ object }) => subject.field(object, 'spec.replicas'))],
      },
      reason: `The selector ${text} matches only ${listed(matched.map(({ object }) => describeObject(object)))}, with 0 replicas.`,
      fix: 'Set replicas to at least 1.',
    });
  }
  const named = listed(running.map(({ object }) => describeObject(object)));
  yield {
    ...shared,
    outcome: 'passes',
    reason: `The selector ${text} matches the pods of ${named}.`,
    fields,
  };
  return running;
}

function labelsInWords({ object, labels }: Pod): string {
  return `${describeObject(object)} has ${describeSelector({ matchLabels: labels })}`;
}

function* targetPortStep(
  subject: TraceSubject,
  service: KubernetesObject,
  path: string,
  servicePort: ServicePort,
  pods: readonly Pod[],
): TraceSteps<AnsweringPods[]> {
  const protocol = (servicePort.protocol ?? 'TCP') as Protocol;
  const target = targetPortOf(servicePort) ?? 0;
  const shared = {
    ...{ key: 'target-port', title: 'Target port' },
    fields: [
      subject.field(service, `${path}.${servicePort.targetPort === undefined ? 'port' : 'targetPort'}`),
    ],
  } as const satisfies Partial<StepDraft>;
  const resolved = pods.map((pod) => ({ pod, listens: listeningPort(pod, target, protocol) }));
  const lacking = resolved.filter(({ listens }) => listens === undefined);
  const [first] = lacking;
  if (first !== undefined) {
    const ports = listeningPorts(first.pod).map(
      ({ name, containerPort }) => `${containerPort}${name === undefined ? '' : ` (${name})`}`,
    );
    yield* stop({
      ...shared,
      fields: [...shared.fields, subject.field(first.pod.object, `${first.pod.path}.containers`)],
      reason: `The target port is ${target}, but the containers of ${listed(lacking.map(({ pod }) => describeObject(pod.object)))} list ${listed(ports) || 'no port'}: the connection is refused.`,
      fix: `Set targetPort to ${listed(ports) || 'a port of the containers'}.`,
    });
  }
  const destinations = resolved.flatMap(({ pod, listens }) =>
    listens === undefined ? [] : [{ pod, port: listens, protocol }],
  );
  const numbers = [...new Set(destinations.map(({ port }) => port))];
  const reason = `Port ${servicePort.port} leads to port ${listed(numbers.map(String))} of the pods.`;
  yield { ...shared, outcome: 'passes', reason };
  return destinations;
}

/**
 * The number of a pod's target port. Undefined if no container lists the port; a pod without listed ports listens on
 * any port.
 */
function listeningPort(pod: Pod, target: number | string, protocol: Protocol): number | undefined {
  const ports = listeningPorts(pod);
  if (ports.length === 0 && typeof target === 'number') return target;
  return ports.find(
    (each) =>
      (each.containerPort === target || each.name === target) && (each.protocol ?? 'TCP') === protocol,
  )?.containerPort;
}

function listeningPorts({ spec }: Pod) {
  return [...(spec.initContainers ?? []), ...(spec.containers ?? [])].flatMap(({ ports = [] }) => ports);
}

/** The last step of a trace: the pods that get the request. */
export function arrivalStep(subject: TraceSubject, { pod, port }: AnsweringPods): StepDraft {
  const { least, most } = pod.count;
  const count = least === most ? `${least}` : Number.isFinite(most) ? `${least} to ${most}` : 'the';
  const containers = pod.spec.containers ?? [];
  const index = containers.findIndex(({ ports = [] }) =>
    ports.some(({ containerPort }) => containerPort === port),
  );
  const place = index < 0 ? 'containers' : `containers[${index}].ports`;
  return {
    ...{ key: 'pods', title: 'Pods', outcome: 'passes' },
    reason: `The request arrives at port ${port} of ${count} ${most === 1 ? 'pod' : 'pods'} of ${describeObject(pod.object)}.`,
    fields: [subject.field(pod.object, `${pod.path}.${place}`)],
  };
}
