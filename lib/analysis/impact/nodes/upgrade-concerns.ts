import type { Middleware } from '../../../../imports/crds/kinds';
import type { Json, KubernetesObject } from '../../../documents/kubernetes';
import type { Output } from '../../../documents/output';
import { describeObject, kindOf } from '../../../kubernetes/objects/object-key';
import type { Objects } from '../kubernetes/objects';

/** Finds the objects or scripts of an output that are affected by a change in a k3s release. */
type Concern = (objects: Objects, output: Output) => readonly string[];

/** Keyed by the values of the field `concerns` in `imports/k3s/changes.json`. */
export const concerns: Readonly<Record<string, Concern>> = {
  ipvs: (_, output) => scriptsWith(output, 'proxy-mode=ipvs'),
  'audit-defaults': (_, output) =>
    scriptsWith(output, 'audit-log-path').filter(
      (path) => !output.texts.get(path)?.includes('audit-log-maxage'),
    ),
  'pull-secrets': ({ manifests }) =>
    manifests.pods.all
      .filter(({ spec }) => (spec.imagePullSecrets ?? []).length === 0)
      .map(({ object }) => describeObject(object)),
  'exec-by-get': ({ manifests }) =>
    [...manifests.of('Role'), ...manifests.of('ClusterRole')].flatMap(({ object, fields: { rules = [] } }) =>
      rules.some(
        ({ resources = [], verbs = [] }) =>
          resources.some((each) => /^pods\/(exec|attach|portforward)$/.test(each)) &&
          verbs.includes('get') &&
          !verbs.some((verb) => verb === 'create' || verb === '*'),
      )
        ? [describeObject(object)]
        : [],
    ),
  'external-ips': ({ manifests }) =>
    manifests
      .of('Service')
      .filter(({ fields: { spec } }) => (spec?.externalIPs ?? []).length > 0)
      .map(({ object }) => describeObject(object)),
  'prefer-close': ({ manifests }) =>
    manifests
      .of('Service')
      .filter(({ fields: { spec } }) => spec?.trafficDistribution === 'PreferClose')
      .map(({ object }) => describeObject(object)),
  'git-repo': ({ manifests }) =>
    manifests.pods.all
      .filter(({ spec }) => (spec.volumes ?? []).some(({ gitRepo }) => gitRepo !== undefined))
      .map(({ object }) => describeObject(object)),
  'loose-addresses': ({ manifests }) =>
    manifests
      .of('NetworkPolicy')
      .filter(({ object }) => texts(object).some(hasHostBits))
      .map(({ object }) => describeObject(object)),
  'stateful-unavailable': ({ manifests }) =>
    manifests
      .of('StatefulSet')
      .filter(({ fields: { spec } }) => spec?.updateStrategy?.rollingUpdate?.maxUnavailable !== undefined)
      .map(({ object }) => describeObject(object)),
  'helm-chart': ({ manifests }) => ofKinds(manifests.all, ['HelmChart', 'HelmChartConfig']),
  traefik: ({ manifests }) =>
    ofKinds(
      manifests.all.filter(({ metadata }) => metadata.name === 'traefik'),
      ['HelmChart', 'HelmChartConfig'],
    ),
  'chain-middleware': (objects) =>
    middlewares(objects, ({ metadata, spec }) =>
      (spec?.chain?.middlewares ?? []).some(
        ({ namespace }) => namespace !== undefined && namespace !== metadata?.namespace,
      ),
    ),
  'prefix-middleware': (objects) =>
    middlewares(objects, ({ spec }) => spec?.basicAuth !== undefined || spec?.stripPrefix !== undefined),
  'gateway-api': ({ manifests }) =>
    manifests.all
      .filter(({ apiVersion }) => apiVersion.startsWith('gateway.networking.k8s.io/'))
      .map(describeObject),
};

function middlewares({ manifests }: Objects, meets: (middleware: Middleware) => boolean): string[] {
  return manifests
    .of('Middleware')
    .filter(({ fields }) => meets(fields))
    .map(({ object }) => describeObject(object));
}

function scriptsWith({ texts: files }: Output, text: string): string[] {
  return [...files].flatMap(([path, content]) =>
    /^nodes\//.test(path) && content.includes(text) ? [path] : [],
  );
}

function ofKinds(objects: readonly KubernetesObject[], kinds: readonly string[]): string[] {
  return objects.filter((object) => kinds.includes(kindOf(object))).map(describeObject);
}

function texts(value: Json | KubernetesObject | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((each) => texts(each as Json | undefined));
}

/** True for `192.168.0.5/24`, and for an address whose numbers have leading zeros. */
function hasHostBits(text: string): boolean {
  const [, address = '', length = ''] = /^(\d+\.\d+\.\d+\.\d+)\/(\d+)$/.exec(text) ?? [];
  if (address === '') return false;
  const parts = address.split('.');
  if (parts.some((part) => /^0\d/.test(part))) return true;
  const bits = parts.reduce((sum, part) => sum * 256 + Number(part), 0);
  return bits % 2 ** (32 - Number(length)) !== 0;
}
