import { checkSchema } from '../../../lib/kubernetes/schema/kubernetes-schema';
import { deployment, object } from '../../analysis/rules/schema';

const said = (...[checked, release]: Parameters<typeof checkSchema>) =>
  checkSchema(checked, release).map(({ rule, path, message }) => `${rule} ${path}: ${message}`);

const grouped = deployment({ pod: { schedulingGroup: { podGroupName: 'a' } } });
const referenced = deployment({ pod: { workloadRef: { name: 'a', podGroup: 'b' } } });
const tolerant = deployment({ pod: { tolerations: [{ key: 'a', operator: 'Gt', value: '1' }] } });

test('a field of a later minor version is refused, with the one that brought it', () => {
  expect(said(grouped, { kubernetes: '1.34' })).toEqual([
    'schema-validation spec.template.spec.schedulingGroup: schedulingGroup is a field of PodSpec since Kubernetes 1.36; the cluster runs 1.34. Remove the field, or upgrade the cluster first.',
  ]);
});

test('a field that is gone is refused, with the versions that had it', () => {
  expect(said(referenced, { kubernetes: '1.36' })).toEqual([
    'schema-validation spec.template.spec.workloadRef: workloadRef is a field of PodSpec since Kubernetes 1.35 and up to Kubernetes 1.35; the cluster runs 1.36. Remove the field, or upgrade the cluster first.',
  ]);
});

test.each([
  ['1.36', grouped],
  ['1.37', grouped],
  ['1.35', referenced],
  ['1.35', tolerant],
])('on %s, which has it, nothing is said', (kubernetes, checked) => {
  expect(said(checked, { kubernetes })).toEqual([]);
});

test.each([grouped, referenced, tolerant])(
  'a field of any known minor version passes where none is stated',
  (checked) => {
    expect(said(checked)).toEqual([]);
  },
);

test('a word of a later minor version is refused, with the one that brought it', () => {
  expect(said(tolerant, { kubernetes: '1.34' })).toEqual([
    'enum-values spec.template.spec.tolerations[0].operator: is "Gt"; it must be Equal or Exists. This value is allowed since Kubernetes 1.35; the cluster runs 1.34',
  ]);
});

test('an empty word is as if the field were not there', () => {
  expect(said(deployment({ pod: { dnsPolicy: '' } }))).toEqual([]);
});

test('a field that is required from a minor version on', () => {
  const cronJob = object('batch/v1', 'CronJob');
  expect([said(cronJob, { kubernetes: '1.35' }), said(cronJob, { kubernetes: '1.36' })]).toEqual([
    [],
    ['schema-validation spec: spec is missing; batch/v1/CronJob requires it'],
  ]);
});

test('a kind that a minor version no longer serves is refused', () => {
  const kind = object('storage.k8s.io/v1beta1', 'VolumeAttributesClass');
  expect(said(kind, { kubernetes: '1.37' })).toEqual([
    'schema-validation apiVersion: storage.k8s.io/v1beta1 has the kind VolumeAttributesClass up to Kubernetes 1.36; the cluster runs 1.37. The API server refuses the object.',
  ]);
});

test('words of a helm-controller', () => {
  const config = object('helm.cattle.io/v1', 'HelmChartConfig', { spec: { failurePolicy: 'retry' } });
  expect([
    said(config, { helmController: '0.17.7' }),
    said(config, { helmController: '0.16.17' }),
    said(config),
  ]).toEqual([[], ['schema-validation spec.failurePolicy: "retry" is not abort or reinstall'], []]);
});

test("fields of Traefik's chart", () => {
  const middleware = object('traefik.io/v1alpha1', 'Middleware', {
    spec: { retry: { attempts: 2, timeout: '1s' } },
  });
  expect(said(middleware, { traefikChart: '39.0.5' })).toEqual([
    "schema-validation spec.retry.timeout: timeout is a field of MiddlewareSpecRetry since Traefik's chart 40.1.0; the cluster runs 39.0.5. Remove the field, or upgrade the cluster first.",
  ]);
  expect(said(middleware, { traefikChart: '41.4.0' })).toEqual([]);
});
