import type { IngressSpec } from '../../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import { namespaceOf } from '../../../../kubernetes/kinds';
import { inNamespace } from '../../../../kubernetes/objects/kubectl';
import { kindOf } from '../../../../kubernetes/objects/object-key';
import { middlewaresAnnotation } from '../../../../kubernetes/references/of-ingresses';
import { describeValues } from '../../changes';
import type { Consequence } from '../../consequence';
import type { ChangedObject, ObjectChanges, Objects } from '../objects';

/** Changes of routes that keep their hosts and paths: path types, certificates, and access restrictions. */
export function ingressFields({ changed, head }: ObjectChanges): Consequence[] {
  return changed.flatMap((object) => {
    if (kindOf(object.after) === 'IngressRoute') return [...routeGuards(object), ...routePlaces(object)];
    if (kindOf(object.after) !== 'Ingress') return [];
    return [...pathTypes(object), ...certificates(object, head), ...guards(object)];
  });
}

/** Reports paths whose type changes between Prefix and Exact: a prefix matches more paths. */
function pathTypes({ name, before, after }: ChangedObject): Consequence[] {
  const [old, now] = [before, after].map((each) => typesOf(ingressSpecOf(each))) as [
    Map<string, string>,
    Map<string, string>,
  ];
  return [...now].flatMap(([route, type]): Consequence[] => {
    const was = old.get(route);
    if (was === undefined || was === type) return [];
    const isNarrower = type === 'Exact';
    return [
      {
        ...{
          class: isNarrower ? 'cut off' : 'exposed',
          side: 'kubernetes',
          object: name,
          field: 'spec.rules',
        },
        reason: `${route}: pathType ${was} -> ${type}. ${isNarrower ? 'Paths below this path no longer answer.' : 'Paths below this path may also answer.'}`,
        wayOut: '',
      },
    ];
  });
}

function typesOf({ rules = [] }: IngressSpec): Map<string, string> {
  return new Map(
    rules.flatMap(({ host = '*', http }) =>
      (http?.paths ?? []).map(({ path = '/', pathType = 'unset' }): [string, string] => [
        host + path,
        pathType,
      ]),
    ),
  );
}

/** If the Secret of a certificate does not exist, the controller uses its self-signed certificate. */
function certificates({ name, before, after }: ChangedObject, head: Objects): Consequence[] {
  const [old, now] = [before, after].map((each) => secretsOf(ingressSpecOf(each))) as [
    Map<string, string>,
    Map<string, string>,
  ];
  return [...now].flatMap(([host, secret]): Consequence[] => {
    const was = old.get(host);
    if (was !== undefined && secret === '')
      return [
        {
          ...{ class: 'cut off', side: 'kubernetes', object: name, field: 'spec.tls' },
          reason: `${host} no longer uses Secret ${was}: the host answers with the self-signed certificate of the controller (526 behind Cloudflare).`,
          wayOut: 'Keep the secretName of the host.',
        },
      ];
    if (
      was === undefined ||
      was === secret ||
      head.manifests.find('Secret', namespaceOf(after), secret) !== undefined
    )
      return [];
    return [
      {
        ...{ class: 'cut off', side: 'kubernetes', object: name, field: 'spec.tls' },
        reason: `${host} uses the certificate of Secret ${secret} instead of ${was}, and this output does not define ${secret}. If the Secret does not exist, the host answers with a self-signed certificate (526 behind Cloudflare).`,
        wayOut: `Before the apply, check that the Secret exists: kubectl describe secret ${secret}${inNamespace(after)}`,
      },
    ];
  });
}

function secretsOf({ tls = [] }: IngressSpec): Map<string, string> {
  return new Map(
    tls.flatMap(({ hosts = ['*'], secretName = '' }) =>
      hosts.map((host): [string, string] => [host, secretName]),
    ),
  );
}

/** Annotations with which controllers restrict or authenticate requests. */
const guarding = /(auth|whitelist|allowlist|denylist|source-range|ssl-redirect|limit|entrypoints|tls)/i;

function guards({ name, changes }: ChangedObject): Consequence[] {
  return changes.flatMap(({ path, before, after }): Consequence[] => {
    const [, key = ''] = /^metadata\.annotations(?:\.|\["?)(.+?)"?\]?$/.exec(path) ?? [];
    if (before === undefined || key === middlewaresAnnotation || !guarding.test(key)) return [];
    return [
      {
        ...{ class: 'exposed', side: 'kubernetes', object: name, field: path },
        reason: `${describeValues(before, after)}. The name of the annotation suggests that it restricts or authenticates requests. It is unknown here which requests are allowed after the change.`,
        wayOut: '',
      },
    ];
  });
}

/** Changed entry points and certificates of a route. */
function routePlaces({ name, changes }: ChangedObject): Consequence[] {
  return changes
    .filter(({ path }) => /^spec\.(entryPoints|tls)\b/.test(path))
    .map(({ path, before, after }) => ({
      ...{ class: 'cut off', side: 'kubernetes', object: name, field: path, wayOut: '' },
      reason: `${describeValues(before, after)}. Requests to the old entry point match no route, or get another certificate.`,
    }));
}

interface Route {
  readonly match?: string;
  readonly middlewares?: readonly { readonly name?: string }[];
}

/** Routes whose requests no longer pass a middleware. */
function routeGuards({ name, before, after }: ChangedObject): Consequence[] {
  const [old, now] = [before, after].map(
    (each) => (each['spec'] as { routes?: readonly Route[] } | undefined)?.routes ?? [],
  );
  const passed = ({ middlewares = [] }: Route) => middlewares.flatMap((each) => each.name ?? []);
  return (now ?? []).flatMap((route, index): Consequence[] => {
    const was = old?.find(({ match }) => match === route.match) ?? old?.[index];
    const gone = was === undefined ? [] : passed(was).filter((each) => !passed(route).includes(each));
    if (gone.length === 0) return [];
    return [
      {
        ...{ class: 'exposed', side: 'kubernetes', object: name, field: `spec.routes[${index}].middlewares` },
        reason: `Requests no longer pass ${gone.join(' and ')}.`,
        wayOut: '',
      },
    ];
  });
}

function ingressSpecOf(object: KubernetesObject): IngressSpec {
  return (object['spec'] ?? {}) as IngressSpec;
}
