import { didYouMean } from '../../../documents/nearest';
import type { Truth } from '../../../documents/truth';
import { describeObject } from '../../../kubernetes/objects/object-key';
import { matchesRequest, type ReceivedRequest } from '../../../kubernetes/traefik/match-request';
import {
  ingressClassOf,
  type TraefikRouter,
  traefikClass,
  traefikRouters,
} from '../../../kubernetes/traefik/routers';
import { hostsOf } from '../edge/tls';
import { listed, stop, type TraceSteps } from '../step';
import type { TraceSubject } from '../subject';
import type { ReceivingEntryPoint } from './entry-point';

interface JudgedRouter {
  readonly router: TraefikRouter;
  readonly matches: Truth;
}

/** Finds the Ingress of another class than Traefik's, if such an Ingress serves the request. */
export function ingressOfOtherClass(
  subject: TraceSubject,
  received: ReceivedRequest,
): TraefikRouter | undefined {
  const own = judge(traefikRouters(subject.manifests), received);
  if (own.some(({ matches }) => matches !== false)) return undefined;
  const others = traefikRouters(
    subject.manifests,
    (ingress) => ![traefikClass, undefined].includes(ingressClassOf(ingress)),
  ).filter(({ object }) => object.kind === 'Ingress');
  return judge(others, received).find(({ matches }) => matches !== false)?.router;
}

/** The step for the route of the request: the matching route with the highest priority. */
export function* routerSteps(
  subject: TraceSubject,
  received: ReceivedRequest,
  entry: ReceivingEntryPoint,
): TraceSteps<TraefikRouter> {
  const shared = { key: 'router', title: 'Router' } as const;
  const all = judge(traefikRouters(subject.manifests), received);
  const here = all.filter(({ router }) => isServedAt(router, entry));
  const first = here.findIndex(({ matches }) => matches === true);
  const found = here[first];
  if (found === undefined) return yield* noRouter(subject, received, entry, all);
  const { router } = found;
  const perhaps = here.slice(0, first).filter(({ matches }) => matches === undefined);
  const equal = here.filter(
    (each) =>
      each !== found &&
      each.matches === true &&
      each.router.priority === router.priority &&
      !isSame(each.router, router),
  );
  const others = here.slice(first + 1).filter(({ matches }) => matches === true);
  const doubts = [
    ...perhaps.map(
      (each) =>
        `${nameOf(each)} has a higher priority, but it is unknown whether its rule matches: ${each.router.match}`,
    ),
    ...equal.map(
      (each) => `${nameOf(each)} also matches and has the same priority: Traefik may choose either of them.`,
    ),
  ];
  const than =
    others.length === 0
      ? ''
      : ` is above ${listed(others.map((each) => `${nameOf(each)} (${each.router.priority})`))}`;
  const reason = [
    `${nameOf(found)} matches: ${router.match}.`,
    ...(than === '' ? [] : [`Its priority ${router.priority}${than}.`]),
    ...doubts,
  ].join(' ');
  const fields = [
    subject.field(router.object, router.priorityPath),
    ...[...perhaps, ...equal].map((each) => subject.field(each.router.object, each.router.priorityPath)),
  ];
  yield { ...shared, outcome: doubts.length > 0 ? 'unknown' : 'passes', reason, fields };
  return router;
}

function judge(routers: readonly TraefikRouter[], received: ReceivedRequest): JudgedRouter[] {
  return routers
    .map((router) => ({
      router,
      // Traefik ignores a route with an invalid match.
      matches: router.tree === undefined ? false : matchesRequest(router.tree, received),
    }))
    .sort((a, b) => b.router.priority - a.router.priority);
}

function isServedAt({ entryPoints }: TraefikRouter, { name, isDefault }: ReceivingEntryPoint): boolean {
  if (name === undefined) return true;
  return entryPoints === undefined ? isDefault : entryPoints.includes(name);
}

/** Whether two routes send a request through the same middlewares to the same Services. */
function isSame(a: TraefikRouter, b: TraefikRouter): boolean {
  const key = ({ middlewares, backends }: TraefikRouter) =>
    JSON.stringify([
      middlewares.map(({ name }) => name),
      backends.map(({ namespace, name, port }) => [namespace, name, port]),
    ]);
  return key(a) === key(b);
}

function nameOf({ router }: JudgedRouter): string {
  return describeObject(router.object);
}

function* noRouter(
  subject: TraceSubject,
  { request: { host, path } }: ReceivedRequest,
  { name }: ReceivingEntryPoint,
  all: readonly JudgedRouter[],
): TraceSteps<never> {
  const elsewhere = all.filter(({ matches }) => matches === true);
  const ofHost = all.filter(({ router }) => hostsOf(router.tree).includes(host));
  const hosts = [...new Set(all.flatMap(({ router }) => hostsOf(router.tree)))].sort();
  const shown = elsewhere.length > 0 ? elsewhere : ofHost;
  const entry = name === undefined ? '' : ` of entry point ${name}`;
  const why =
    elsewhere.length > 0
      ? ` ${listed([...new Set(elsewhere.map(nameOf))])} matches the request, but has other entry points: ${listed(elsewhere.map(({ router }) => (router.entryPoints ?? ['the default ones']).join(', ')))}.`
      : ofHost.length > 0
        ? ` The rules for this host are ${listed([...new Set(ofHost.map(({ router }) => router.match))])}.`
        : ` Routers exist for ${listed(hosts) || 'no host'}${didYouMean(host, hosts) || '.'}`;
  const add = `Add a rule with host ${host} and path ${path} to an Ingress`;
  return yield* stop({
    ...{ key: 'router', title: 'Router' },
    reason: `No router${entry} matches ${host}${path}, so Traefik answers 404.${why}`,
    fields: shown.map(({ router }) => subject.field(router.object, router.priorityPath)),
    fix:
      elsewhere.length > 0
        ? `Add ${name} to the entry points of ${listed([...new Set(elsewhere.map(nameOf))])}.`
        : subject.isComplete
          ? `${add}: list the host under workloads.<name>.hosts.`
          : `${add}.`,
  });
}
