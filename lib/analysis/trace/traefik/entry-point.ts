import type { ReceivedRequest } from '../../../kubernetes/traefik/match-request';
import { listed, stop, type TraceSteps } from '../step';
import type { TraceSubject } from '../subject';

/** The entry point of Traefik that receives the request. */
export interface ReceivingEntryPoint {
  /** Undefined if the input does not contain Traefik. */
  readonly name: string | undefined;
  readonly isDefault: boolean;
}

/** The step for the entry point that listens on the port of the nodes. */
export function* entryPointSteps(
  subject: TraceSubject,
  port: number,
  isTls: boolean,
): TraceSteps<ReceivingEntryPoint> {
  const { traefik } = subject;
  const shared = { key: 'entry-point', title: "Traefik's entry point" } as const;
  if (traefik === undefined) {
    const reason = `The input does not contain the cluster's Traefik: it is unknown what listens on port ${port} of the nodes.`;
    yield { ...shared, outcome: 'unknown', reason, fields: [] };
    return { name: undefined, isDefault: true };
  }
  const { object, entryPoints, defaultNames } = traefik;
  const found = entryPoints.find((each) => each.port === port);
  const place = (path: string) => [subject.field(object, path)];
  const others = listed(entryPoints.map((each) => `${each.name} on ${each.port}`));
  if (found === undefined) {
    return yield* stop({
      ...{ ...shared, fields: place('spec.valuesContent.ports') },
      reason: `No entry point listens on port ${port} of the nodes. Existing entry points: ${others || 'none'}.`,
      fix: `Add an entry point with port: ${port} to ports in the chart values.`,
    });
  }
  if (found.isTls !== isTls) {
    yield* stop({
      ...{ ...shared, fields: place(found.path) },
      reason: found.isTls
        ? `Entry point ${found.name} accepts only TLS, but the request arrives without TLS.`
        : `Entry point ${found.name} does not accept TLS, but the request arrives with TLS.`,
      fix: found.isTls
        ? 'Connect over TLS: set the zone setting ssl to strict.'
        : `Set http.tls.enabled: true on entry point ${found.name}.`,
    });
  }
  yield {
    ...{ ...shared, fields: place(found.path), outcome: 'passes' },
    reason: `Entry point ${found.name} listens on port ${port}${found.isTls ? ' and decrypts TLS' : ''}.`,
  };
  return { name: found.name, isDefault: defaultNames.includes(found.name) };
}

/** The request as it arrives at Traefik. */
export function receivedBy(
  subject: TraceSubject,
  request: ReceivedRequest['request'],
  isProxied: boolean | undefined,
): ReceivedRequest {
  return { request, proxies: isProxied === false ? undefined : (subject.proxyRanges ?? []) };
}
