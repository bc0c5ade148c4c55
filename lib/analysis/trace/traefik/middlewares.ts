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

/** What a middleware does to a request. */
interface Treatment {
  readonly outcome: StepOutcome;
  readonly reason: string;
  /** Path of the field that decides. @default the spec */
  readonly path?: string;
  /** Of `stops`. */
  readonly fix?: string;
}

/** The middlewares of a router, in their order. A chain is its own middlewares. */
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
      yield { ...shared, outcome: 'unknown', reason: `The input does not describe ${name}.`, fields };
      return;
    }
    yield* stop({
      ...{ ...shared, fields },
      reason: `There is no Middleware ${name}: Traefik ignores the router of ${describeObject(owner)}, and answers 404.`,
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
      reason: `It asks for a name and a password of Secret ${secret}; without them the answer is 401.`,
      path: basicAuth === undefined ? 'spec.digestAuth' : 'spec.basicAuth',
    };
  if (forwardAuth !== undefined)
    return {
      outcome: 'conditional',
      reason: `It asks ${forwardAuth.address}, which may refuse the request.`,
      path: 'spec.forwardAuth.address',
    };
  return limited(spec) ?? redirected(spec, received) ?? changed(spec, received);
}

/** Addresses that no client has, for a list that denies everything. */
const unusedAddresses: readonly string[] = ['255.255.255.255/32', '255.255.255.255', '0.0.0.0/32', '0.0.0.0'];

function allowList(
  kind: 'ipAllowList' | 'ipWhiteList',
  { sourceRange = [], ipStrategy, ...rest }: NonNullable<MiddlewareSpec[typeof kind]>,
  received: ReceivedRequest,
): Treatment {
  const { request, proxies } = received;
  const path = `spec.${kind}.sourceRange`;
  const { depth = 0, excludedIPs } = ipStrategy ?? {};
  // A proxy appends the address that connects to it to X-Forwarded-For.
  const isVisitor = depth === 1 && proxies !== undefined;
  const isListed: Truth = isVisitor
    ? isClientIn(request, sourceRange)
    : ipStrategy === undefined || (depth === 0 && excludedIPs === undefined)
      ? isPeerIn(received, sourceRange)
      : undefined;
  const ranges = listed(sourceRange) || 'no address';
  const who =
    isVisitor || proxies === undefined ? (request.client ?? 'a visitor with another address') : 'the proxy';
  if (isListed === true) return { outcome: 'passes', reason: `It lets ${ranges} pass.`, path };
  if (isListed === undefined)
    return {
      outcome: 'unknown',
      reason: `It lets only ${ranges} pass; which address it sees is unknown.`,
      path,
    };
  if (sourceRange.every((range) => unusedAddresses.includes(range)))
    return {
      outcome: 'stops',
      reason: `It lets only ${ranges} pass, which no client has: it denies every request.`,
      path,
      fix: 'Request a path that the route does not deny, or remove the middleware from the route.',
    };
  const code = 'rejectStatusCode' in rest ? rest.rejectStatusCode : 403;
  const isPeer = !isVisitor && proxies !== undefined;
  return {
    outcome: 'stops',
    reason: `It lets only ${ranges} pass, and ${who} is not among them: the answer is ${code}.`,
    path,
    fix: isPeer
      ? 'Set ipStrategy.depth: 1, so that it sees the address of the visitor.'
      : `Add the visitor's address to ${path}, or request from one of its addresses${request.client === undefined ? ' (--client)' : ''}.`,
  };
}

/** Limits, which a single request does not exceed. */
function limited({ rateLimit, inFlightReq, buffering }: MiddlewareSpec): Treatment | undefined {
  if (rateLimit !== undefined) {
    const { average = 0, burst = 1, period = '1s' } = rateLimit;
    if (average === 0)
      return { outcome: 'passes', reason: 'It has no limit: average is 0.', path: 'spec.rateLimit' };
    return {
      outcome: 'conditional',
      reason: `It lets ${average} requests in ${period} pass, and ${burst} at once; above that the answer is 429.`,
      path: 'spec.rateLimit',
    };
  }
  if (inFlightReq !== undefined)
    return {
      outcome: 'conditional',
      reason: `It lets ${inFlightReq.amount ?? 0} requests pass at the same time; above that the answer is 429.`,
      path: 'spec.inFlightReq',
    };
  const most = buffering?.maxRequestBodyBytes ?? 0;
  if (most === 0) return undefined;
  return {
    outcome: 'conditional',
    reason: `It refuses a body of more than ${most} bytes with 413.`,
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
      return { outcome: 'passes', reason: `The request has the scheme ${scheme}.`, path };
    const target = `${scheme}${describeRequest({ ...request, port: 443, scheme: 'https' }).slice('https'.length)}`;
    return {
      outcome: 'stops',
      reason: `It answers with a redirect to ${scheme}${port === undefined ? '' : ` on port ${port}`}.`,
      path,
      fix: `Request ${target}`,
    };
  }
  const { regex } = redirectRegex ?? {};
  if (regex === undefined) return undefined;
  const url = describeRequest(request);
  const matches = matchesPattern(regex, url);
  const path = 'spec.redirectRegex.regex';
  if (matches === false) return { outcome: 'passes', reason: `Its pattern ${regex} does not match.`, path };
  if (matches === undefined)
    return { outcome: 'unknown', reason: `Whether ${regex} matches is unknown.`, path };
  return {
    outcome: 'stops',
    reason: `It answers with a redirect, because ${regex} matches ${url}.`,
    path,
    fix: 'Request the URL that it redirects to, or change the pattern.',
  };
}

/** Middlewares that change the request or the answer, and hosts that the headers middleware refuses. */
function changed(spec: MiddlewareSpec, { request }: ReceivedRequest): Treatment {
  const [kind = ''] = Object.keys(spec);
  if (kind === 'plugin')
    return { outcome: 'unknown', reason: 'What the plugin does is unknown.', path: 'spec.plugin' };
  const hosts = spec.headers?.allowedHosts ?? [];
  if (hosts.length > 0 && !hosts.includes(request.host))
    return {
      outcome: 'stops',
      reason: `It lets only the hosts ${listed(hosts)} pass: the answer is 500.`,
      path: 'spec.headers.allowedHosts',
      fix: `Add ${request.host} to spec.headers.allowedHosts.`,
    };
  const words = effects[kind];
  return {
    outcome: 'passes',
    reason: words === undefined ? `It lets the request pass (${kind || 'an empty spec'}).` : `It ${words}.`,
    ...(kind !== '' && { path: `spec.${kind}` }),
  };
}

const effects: Readonly<Record<string, string>> = {
  headers: 'sets headers',
  compress: 'compresses the answer',
  stripPrefix: 'removes a prefix of the path',
  stripPrefixRegex: 'removes a prefix of the path',
  addPrefix: 'adds a prefix to the path',
  replacePath: 'replaces the path',
  replacePathRegex: 'replaces the path',
  retry: 'repeats a request that fails',
  errors: 'replaces answers that are errors',
  circuitBreaker: 'stops requests while the Service fails',
};
