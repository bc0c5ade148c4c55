import * as fc from 'fast-check';
import { compareCodeUnits, compareFields, isFreeForm } from '../../lib/output/key-order';

const field = fc.oneof(
  fc.constantFrom('apiVersion', 'kind', 'metadata', 'spec', 'name', 'zebra', 'Zebra', 'ähnlich'),
  fc.string(),
);

function inOrder(...fields: string[]): string[] {
  return fields.sort(compareFields);
}

test('an object starts with what it is and is called', () => {
  expect(inOrder('spec', 'status', 'metadata', 'kind', 'apiVersion')).toEqual([
    'apiVersion',
    'kind',
    'metadata',
    'spec',
    'status',
  ]);
});

test('metadata reads name, namespace, labels, annotations', () => {
  const fields = ['name', 'namespace', 'labels', 'annotations'];
  expect(inOrder(...fields.toReversed())).toEqual(fields);
});

test.each([
  ['Deployment', 'replicas strategy selector template'],
  ['Service', 'type clusterIP selector ports'],
  ["Service's port", 'name port targetPort protocol'],
  ['Secret', 'apiVersion kind metadata type stringData'],
  ['ConfigMap', 'apiVersion kind metadata immutable data'],
  ['PersistentVolumeClaim', 'accessModes storageClassName resources'],
  ['PodDisruptionBudget', 'minAvailable selector'],
  ['HorizontalPodAutoscaler', 'scaleTargetRef minReplicas maxReplicas metrics behavior'],
  ['NetworkPolicy', 'podSelector policyTypes ingress egress'],
  ["NetworkPolicy's rule", 'from ports'],
  ['Job', 'backoffLimit activeDeadlineSeconds ttlSecondsAfterFinished template'],
  ['CronJob', 'schedule timeZone concurrencyPolicy jobTemplate'],
  ['Ingress', 'ingressClassName tls rules'],
  ["Ingress' path", 'path pathType backend'],
  ['Role', 'apiGroups resources resourceNames verbs'],
  [
    'pod',
    'serviceAccountName automountServiceAccountToken imagePullSecrets priorityClassName nodeSelector ' +
      'tolerations topologySpreadConstraints securityContext terminationGracePeriodSeconds restartPolicy ' +
      'initContainers containers volumes',
  ],
  [
    'container',
    'name image command args ports envFrom env resources startupProbe readinessProbe livenessProbe lifecycle ' +
      'securityContext volumeMounts',
  ],
  ['variable', 'name value'],
  ['reference to a variable', 'name valueFrom'],
  ['probe', 'httpGet initialDelaySeconds periodSeconds timeoutSeconds failureThreshold'],
  ['spread', 'maxSkew topologyKey whenUnsatisfiable nodeTaintsPolicy labelSelector matchLabelKeys'],
  ['mount', 'name mountPath subPath readOnly'],
  ['host path', 'path type'],
])('a %s reads %s', (_, fields) => {
  expect(inOrder(...fields.split(' ').toReversed())).toEqual(fields.split(' '));
});

test('unknown fields follow the known ones by code unit, capitals first', () => {
  expect(inOrder('zebra', 'ant', 'Zebra', 'spec')).toEqual(['spec', 'Zebra', 'ant', 'zebra']);
});

test('two fields never tie unless they are the same', () => {
  fc.assert(fc.property(field, field, (a, b) => (compareFields(a, b) === 0) === (a === b)));
});

test('turning a comparison round turns its answer round', () => {
  fc.assert(
    fc.property(
      field,
      field,
      (a, b) => Math.sign(compareFields(a, b)) + Math.sign(compareFields(b, a)) === 0,
    ),
  );
});

test('code units and not a locale decide', () => {
  expect(['ä', 'z', 'Z', 'a'].sort(compareCodeUnits)).toEqual(['Z', 'a', 'z', 'ä']);
});

test.each([
  'labels',
  'annotations',
  'matchLabels',
  'nodeSelector',
  'data',
  'stringData',
  'limits',
  'requests',
])('the keys of %s are their user’s', (name) => {
  expect(isFreeForm(name)).toBe(true);
});

test('the keys of a spec are Kubernetes’', () => {
  expect(isFreeForm('spec')).toBe(false);
});
