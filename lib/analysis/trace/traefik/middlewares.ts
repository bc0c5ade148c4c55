import type { MiddlewareSpec } from '../../../../imports/crds/kinds';
import type { KubernetesObject } from '../../../documents/kubernetes';
import { matchesPattern } from '../../../documents/pattern';
import type { Truth } from '../../../documents/truth';
import { describeRequest, isClientIn } from '../../../documents/web-request';
import { namespaceOf, specAs } from '../../../kubernetes/kinds';
import { describeObject } from '../../../kubernetes/objects/object-key';
import { isPeerIn, type ReceivedRequest } from '../../../kubernetes/traefik/match-request';
import type { NamedMiddleware, TraefikRouter } from '../../../kubernetes/traefik/routers';
import { listed, type StepOutcome, stop, type TraceSteps } from '../step';
import type { TraceSubject } from '../subject';

/** The effect of a middleware on a request. */
interface Treatment {
  readonly outcome: StepOutcome;
  readonly reason: string;
  /** Path of the field that causes the effect. @default `spec` */
  readonly path?: string;
  /** Of `stops`. */
  readonly fix?: string;
}

/** One step for each middleware of a router, in order. A chain is replaced by its middlewares. */
export function* middlewareSteps(
  subject: TraceSubject,
  received: ReceivedRequest,
  router: TraefikRouter,
): TraceSteps {
  for (const named of router.middlewares) yield* oneStep(subject, received, router.object, named, []);
}

function* oneStep(
  subject: TraceSubject,
  received: ReceivedRequest,
  owner: KubernetesObject,
  { name, path, object }: NamedMiddleware,
  within: readonly KubernetesObject[],
): TraceSteps {
  const shared = { key: 'middleware', title: `Middleware ${object?.metadata.name ?? name}` } as const;
  const fields = [subject.field(owner, path)];
  if (object === undefined) {
    const isOther = name.includes('@') && !name.endsWith('@kubernetescrd');
    if (isOther || !subject.isComplete) {
      yield {
        ...shared,
        outcome: 'unknown',
        reason: `The input does not contain middleware ${name}.`,
        fields,
      };
      return;
    }
    yield* stop({
      ...{ ...shared, fields },
      reason: `Middleware ${name} does not exist: Traefik ignores the router of ${describeObject(owner)}, and answers 404.`,
      fix: `Add the Middleware, or remove ${name} from ${describeObject(owner)}.`,
    });
  }
  if (object === undefined || within.includes(object)) return;
  const spec = specAs('Middleware', object);
  for (const [index, { name: inner = '', namespace = namespaceOf(object) }] of (
    spec.chain?.middlewares ?? []
  ).entries()) {
    const found = subject.manifests.find('Middleware', namespace, inner, 'traefik.io');
    const link = { name: inner, path: `spec.chain.middlewares[${index}].name`, object: found };
    yield* oneStep(subject, received, object, link, [...within, object]);
  }
  if (spec.chain !== undefined) return;
  const { outcome, reason, path: decisive = 'spec', fix } = treat(spec, received);
  const own = { ...shared, reason, fields: [subject.field(object, decisive)] };
  if (outcome === 'stops')
    yield* stop({ ...own, fix: fix ?? `Remove ${describeObject(object)} from the route.` });
  yield { ...own, outcome };
}

function treat(spec: MiddlewareSpec, received: ReceivedRequest): Treatment {
  const { ipAllowList, ipWhiteList, basicAuth, digestAuth, forwardAuth } = spec;
  if (ipAllowList !== undefined) return allowList('ipAllowList', ipAllowList, received);
  if (ipWhiteList !== undefined) return allowList('ipWhiteList', ipWhiteList, received);
  const secret = basicAuth?.secret ?? digestAuth?.secret;
  if (basicAuth !== undefined || digestAuth !== undefined)
    return {
      outcome: 'conditional',
      reason: `The middleware requires a user name and password from Secret ${secret}; without them, Traefik answers 401.`,
      path: basicAuth === undefined ? 'spec.digestAuth' : 'spec.basicAuth',
    };
  if (forwardAuth !== undefined)
    return {
      outcome: 'conditional',
      reason: `The middleware queries ${forwardAuth.address}, which may refuse the request.`,
      path: 'spec.forwardAuth.address',
    };
  return limited(spec) ?? redirected(spec, received) ?? changed(spec, received);
}

/** Addresses that no client has. A list of only such addresses denies every request. */
const unusedAddresses: readonly string[] = ['255.255.255.255/32', '255.255.255.255', '0.0.0.0/32', '0.0.0.0'];

function allowList(
  kind: 'ipAllowList' | 'ipWhiteList',
  { sourceRange = [], ipStrategy, ...rest }: NonNullable<MiddlewareSpec[typeof kind]>,
  received: ReceivedRequest,
): Treatment {
  const { request, proxies } = received;
  const path = `spec.${kind}.sourceRange`;
  const { depth = 0, excludedIPs } = ipStrategy ?? {};
  // A proxy appends the address of its client to X-Forwarded-For.
  const isVisitor = depth === 1 && proxies !== undefined;
  const isListed: Truth = isVisitor
    ? isClientIn(request, sourceRange)
    : ipStrategy === undefined || (depth === 0 && excludedIPs === undefined)
      ? isPeerIn(received, sourceRange)
      : undefined;
  const ranges = listed(sourceRange) || 'no address';
  const who =
    isVisitor || proxies === undefined ? (request.client ?? 'a visitor with another address') : 'the proxy';
  if (isListed === true) return { outcome: 'passes', reason: `The middleware allows ${ranges}.`, path };
  if (isListed === undefined)
    return {
      outcome: 'unknown',
      reason: `The middleware allows only ${ranges}; it is unknown which client address it compares.`,
      path,
    };
  if (sourceRange.every((range) => unusedAddresses.includes(range)))
    return {
      outcome: 'stops',
      reason: `The middleware allows only ${ranges}. No client has such an address, so every request is denied.`,
      path,
      fix: 'Request a path that the route does not deny, or remove the middleware from the route.',
    };
  const code = 'rejectStatusCode' in rest ? rest.rejectStatusCode : 403;
  const isPeer = !isVisitor && proxies !== undefined;
  return {
    outcome: 'stops',
    reason: `The middleware allows only ${ranges}, which does not include ${who}: Traefik answers ${code}.`,
    path,
    fix: isPeer
      ? 'Set ipStrategy.depth: 1, so that the middleware compares the address of the visitor.'
      : `Add the visitor's address to ${path}, or send the request from an address in that list${request.client === undefined ? ' (--client)' : ''}.`,
  };
}

/** Traces middlewares that limit the rate or the number of requests, or their size. A single request exceeds no rate. */
function limited({ rateLimit, inFlightReq, buffering }: MiddlewareSpec): Treatment | undefined {
  if (rateLimit !== undefined) {
    const { average = 0, burst = 1, period = '1s' } = rateLimit;
    if (average === 0)
      return {
        outcome: 'passes',
        reason: 'average is 0, so the rate is not limited.',
        path: 'spec.rateLimit',
      };
    return {
      outcome: 'conditional',
      reason: `The middleware allows ${average} requests in ${period}, and ${burst} at once; for further requests, Traefik answers 429.`,
      path: 'spec.rateLimit',
    };
  }
  if (inFlightReq !== undefined)
    return {
      outcome: 'conditional',
      reason: `The middleware allows ${inFlightReq.amount ?? 0} requests at the same time; for further requests, Traefik answers 429.`,
      path: 'spec.inFlightReq',
    };
  const most = buffering?.maxRequestBodyBytes ?? 0;
  if (most === 0) return undefined;
  return {
    outcome: 'conditional',
    reason: `For a request body of more than ${most} bytes, Traefik answers 413.`,
    path: 'spec.buffering.maxRequestBodyBytes',
  };
}

function redirected(
  { redirectScheme, redirectRegex }: MiddlewareSpec,
  { request }: ReceivedRequest,
): Treatment | undefined {
  if (redirectScheme !== undefined) {
    const { scheme = '', port } = redirectScheme;
    const path = 'spec.redirectScheme';
    if (scheme === request.scheme)
      return { outcome: 'passes', reason: `The request already has the scheme ${scheme}.`, path };
    const target = `${scheme}${describeRequest({ ...request, port: 443, scheme: 'https' }).slice('https'.length)}`;
    return {
      outcome: 'stops',
      reason: `The middleware answers with a redirect to ${scheme}${port === undefined ? '' : ` on port ${port}`}.`,
      path,
      fix: `Request ${target}`,
    };
  }
  const { regex } = redirectRegex ?? {};
  if (regex === undefined) return undefined;
  const url = describeRequest(request);
  const matches = matchesPattern(regex, url);
  const path = 'spec.redirectRegex.regex';
  if (matches === false) return { outcome: 'passes', reason: `The pattern ${regex} does not match.`, path };
  if (matches === undefined)
    return { outcome: 'unknown', reason: `It is unknown whether the pattern ${regex} matches.`, path };
  return {
    outcome: 'stops',
    reason: `The middleware answers with a redirect, because ${regex} matches ${url}.`,
    path,
    fix: 'Request the URL to which the middleware redirects, or change the pattern.',
  };
}

/** Middlewares that change the request or the response, and the allowed hosts of the headers middleware. */
function changed(spec: MiddlewareSpec, { request }: ReceivedRequest): Treatment {
  const [kind = ''] = Object.keys(spec);
  if (kind === 'plugin')
    return { outcome: 'unknown', reason: 'The effect of the plugin is unknown.', path: 'spec.plugin' };
  const hosts = spec.headers?.allowedHosts ?? [];
  if (hosts.length > 0 && !hosts.includes(request.host))
    return {
      outcome: 'stops',
      reason: `The middleware accepts requests only for the hosts ${listed(hosts)}, and answers this request with 500.`,
      path: 'spec.headers.allowedHosts',
      fix: `Add ${request.host} to spec.headers.allowedHosts.`,
    };
  const words = effects[kind];
  return {
    outcome: 'passes',
    reason:
      words === undefined
        ? `The middleware lets the request pass (${kind || 'an empty spec'}).`
        : `The middleware ${words}.`,
    ...(kind !== '' && { path: `spec.${kind}` }),
  };
}

const effects: Readonly<Record<string, string>> = {
  headers: 'sets headers',
  compress: 'compresses the response',
  stripPrefix: 'removes a prefix of the path',
  stripPrefixRegex: 'removes a prefix of the path',
  addPrefix: 'adds a prefix to the path',
  replacePath: 'replaces the path',
  replacePathRegex: 'replaces the path',
  retry: 'retries a failed request',
  errors: 'replaces error responses',
  circuitBreaker: 'rejects requests while the Service fails',
};
