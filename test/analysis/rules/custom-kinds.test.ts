import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { check, deployment, object } from './schema';

describe('a kind without a schema', () => {
  test('is one violation that says what to do', () => {
    expect(check(object('cert-manager.io/v1', 'Certificate', { anything: 1 }))).toEqual([
      'kind: the fields of cert-manager.io/v1 Certificate are not checked, because there is no schema for this kind',
    ]);
  });

  test('suggests the kind that was meant', () => {
    expect(check(object('apps/v1', 'Deploymnet'))).toEqual([
      'kind: apps/v1 has no kind Deploymnet. Did you mean Deployment?',
    ]);
  });

  test.each([
    ['extensions/v1beta1', 'Deployment', 'apps/v1'],
    ['v1', 'Deployment', 'apps/v1'],
    ['apps/v1', 'Service', 'v1'],
    ['autoscaling/v3', 'HorizontalPodAutoscaler', 'autoscaling/v2'],
  ])('%s of a %s says the right one', (apiVersion, kind, right) => {
    expect(check(object(apiVersion, kind))).toEqual([
      `apiVersion: ${apiVersion} has no kind ${kind}. Write apiVersion: ${right}.`,
    ]);
  });
});

describe('a finding of the schema', () => {
  test.each<[string, KubernetesObject, string]>([
    ['a null that the API server drops', deployment({ spec: { replicas: null } }), 'dropped-fields'],
    ['a null of a field that must be there', deployment({ spec: { selector: null } }), 'schema-validation'],
    ['a status', { ...deployment(), status: {} }, 'dropped-fields'],
    ['a kind that others define', object('cert-manager.io/v1', 'Certificate'), 'missing-schema'],
    [
      'a kind of others with a name of Kubernetes',
      object('serving.knative.dev/v1', 'Service'),
      'missing-schema',
    ],
    ['a kind that the API server serves', object('v1', 'PersistentVolume'), 'missing-schema'],
    [
      'a version of a kind that it serves, too',
      object('autoscaling/v1', 'HorizontalPodAutoscaler'),
      'missing-schema',
    ],
    ['a slip in a group', object('helm.cattel.io/v1', 'HelmChart'), 'schema-validation'],
    ['a kind that its group does not have', object('v1', 'Volume'), 'schema-validation'],
    [
      'a field of no release',
      object('traefik.io/v1alpha1', 'IngressRoute', { spec: { routes: [], ingressClass: 'traefik' } }),
      'schema-validation',
    ],
  ])('that is %s breaks the rule for it', (_, checked, rule) => {
    expect(checkSchema(checked).map((each) => each.rule)).toEqual([rule]);
  });
});

describe('a custom kind', () => {
  const middleware = (spec: Json) => object('traefik.io/v1alpha1', 'Middleware', { spec });
  const chartConfig = (spec: Json) => object('helm.cattle.io/v1', 'HelmChartConfig', { spec });
  const chart = (spec: Json) => object('helm.cattle.io/v1', 'HelmChart', { spec });
  const routes = (...each: Json[]) =>
    object('traefik.io/v1alpha1', 'IngressRoute', { spec: { routes: each } });

  test.each<[string, KubernetesObject]>([
    ['Middleware', middleware({ rateLimit: { average: 0, period: '1m', burst: 10 } })],
    ['Middleware without options', middleware({ compress: {} })],
    ['Middleware with headers', middleware({ headers: { customResponseHeaders: { 'X-A': 'b' } } })],
    ['HelmChartConfig', chartConfig({ failurePolicy: 'abort', valuesContent: 'a: 1\n' })],
    ['HelmChart', chart({ chart: 'a', set: { replicas: 2, tag: 'v1' }, backOffLimit: 3 })],
    ['IngressRoute', routes({ kind: 'Rule', match: 'Host(`a`)', services: [{ name: 'a', port: 80 }] })],
  ])('%s passes', (_, checked) => {
    expect(check(checked)).toEqual([]);
  });

  test.each<[string, KubernetesObject, string]>([
    [
      'an unknown field, with what was meant',
      middleware({ rateLimit: { avrage: 5 } }),
      'spec.rateLimit.avrage: avrage is not a field of MiddlewareSpecRateLimit. Did you mean average?',
    ],
    [
      'an unknown field that the cluster may know',
      middleware({ teleport: {} }),
      'spec.teleport: teleport is not a field of MiddlewareSpec. imports/crds lists the known fields.',
    ],
    [
      "an unknown field of Kubernetes' own metadata",
      { ...middleware({}), metadata: { name: 'a', label: {} } },
      'metadata.label: label is not a field of ObjectMeta. Did you mean labels?',
    ],
    [
      'a value of the wrong type',
      middleware({ headers: { frameDeny: 'true' } }),
      'spec.headers.frameDeny: "true" is not true or false. Write true, without quotes.',
    ],
    [
      'a missing field',
      routes({ kind: 'Rule' }),
      'spec.routes[0].match: match is missing; IngressRouteSpecRoutes requires it',
    ],
    [
      'a missing spec',
      object('traefik.io/v1alpha1', 'Middleware'),
      'spec: spec is missing; traefik.io/v1alpha1/Middleware requires it',
    ],
    [
      'a word that is not allowed, with what was meant',
      chartConfig({ failurePolicy: 'Abort' }),
      'spec.failurePolicy: "Abort" is not abort or reinstall or retry. Did you mean abort?',
    ],
    [
      'a word that is not allowed and near none',
      chartConfig({ failurePolicy: 'never' }),
      'spec.failurePolicy: "never" is not abort or reinstall or retry',
    ],
    [
      'null for a word',
      chartConfig({ failurePolicy: null }),
      'spec.failurePolicy: null is not abort or reinstall or retry. Set a value, or remove the field.',
    ],
    [
      'a number below the least',
      middleware({ rateLimit: { average: -1 } }),
      'spec.rateLimit.average: -1 is not an integer of at least 0',
    ],
    [
      'a fraction where there is a least',
      middleware({ compress: { minResponseBodyBytes: 0.5 } }),
      'spec.compress.minResponseBodyBytes: 0.5 is not an integer of at least 0',
    ],
    [
      'a quoted number where there is a least',
      middleware({ rateLimit: { burst: '5' } }),
      'spec.rateLimit.burst: "5" is not an integer of at least 0. Write 5, without quotes.',
    ],
    [
      'a value of a map',
      chart({ set: { replicas: [1] } }),
      'spec.set.replicas: [1] is not an integer or a string such as "25%"',
    ],
    [
      'another version of its group',
      object('traefik.containo.us/v1alpha1', 'Middleware', { spec: {} }),
      'apiVersion: traefik.containo.us/v1alpha1 has no kind Middleware. ' +
        'Write apiVersion: traefik.io/v1alpha1.',
    ],
    [
      'a misspelt kind',
      object('helm.cattle.io/v1', 'HelmChartConfg', { spec: {} }),
      'kind: helm.cattle.io/v1 has no kind HelmChartConfg. Did you mean HelmChartConfig?',
    ],
  ])('reports %s', (_, checked, message) => {
    expect(check(checked)).toEqual([message]);
  });
});
