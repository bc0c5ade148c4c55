import type { ReceivedRequest } from '../../../kubernetes/traefik/match-request';
import { listed, stop, type TraceSteps } from '../step';
import type { TraceSubject } from '../subject';

/** The entry point of Traefik that receives the request. */
export interface ReceivingEntryPoint {
  /** Undefined if no document describes Traefik. */
  readonly name: string | undefined;
  readonly isDefault: boolean;
}

/** What listens on the port of the nodes. */
export function* entryPointSteps(
  subject: TraceSubject,
  port: number,
  isTls: boolean,
): TraceSteps<ReceivingEntryPoint> {
  const { traefik } = subject;
  const shared = { key: 'entry-point', title: "Traefik's entry point" } as const;
  if (traefik === undefined) {
    const reason = `The input does not describe the cluster's Traefik: the listener on port ${port} of the nodes is unknown.`;
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
      reason: `No entry point listens on port ${port} of the nodes; there ${entryPoints.length === 1 ? 'is' : 'are'} ${others || 'none'}.`,
      fix: `Add an entry point with port: ${port} under ports of the chart's values.`,
    });
  }
  if (found.isTls !== isTls) {
    yield* stop({
      ...{ ...shared, fields: place(found.path) },
      reason: found.isTls
        ? `Entry point ${found.name} takes TLS only, and the request arrives without it.`
        : `Entry point ${found.name} takes no TLS, and the request arrives with it.`,
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
