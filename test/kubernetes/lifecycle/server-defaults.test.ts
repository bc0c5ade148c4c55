import type { Json } from '../../../lib/documents/kubernetes';
import {
  isServerDefault,
  objectWithoutDefaults,
  withoutDefaults,
} from '../../../lib/kubernetes/lifecycle/server-defaults';

const strip = (kind: string, field: string, value: Json) => withoutDefaults(kind, field, value);

test.each<[string, string, string, Json]>([
  ['Deployment', 'spec', 'terminationGracePeriodSeconds', 30],
  ['Deployment', 'spec', 'strategy', { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%' } }],
  ['DaemonSet', 'spec', 'updateStrategy', { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } }],
  ['Pod', 'readinessProbe', 'periodSeconds', 10],
  ['Service', 'ports', 'protocol', 'TCP'],
  ['Pod', 'containers', 'resources', {}],
])('of a %s, %s.%s is by default %j', (kind, parent, field, value) => {
  expect(isServerDefault(kind, parent, field, value)).toBe(true);
});

test.each<[string, string, string, Json]>([
  // An autoscaler may have changed it.
  ['Deployment', 'spec', 'replicas', 1],
  // Of a probe it is no default.
  ['Pod', 'livenessProbe', 'terminationGracePeriodSeconds', 30],
  // It makes an init container a sidecar.
  ['Pod', 'initContainers', 'restartPolicy', 'Always'],
  ['DaemonSet', 'rollingUpdate', 'maxUnavailable', '25%'],
  ['Pod', 'containers', 'readinessProbe', {}],
])('of a %s, %s.%s is not by default %j', (kind, parent, field, value) => {
  expect(isServerDefault(kind, parent, field, value)).toBe(false);
});

test.each([
  ['shop/api', 'Always', true],
  ['shop/api:latest', 'Always', true],
  ['registry:5000/api', 'Always', true],
  ['shop/api:v1', 'IfNotPresent', true],
  ['shop/api@sha256:abc', 'IfNotPresent', true],
  ['shop/api:v1', 'Always', false],
])('an image %s is pulled %s by default: %s', (image, imagePullPolicy, isDefault) => {
  const stripped = strip('Pod', 'spec', { containers: [{ name: 'a', image, imagePullPolicy }] });
  const expected = isDefault ? { name: 'a', image } : { name: 'a', image, imagePullPolicy };
  expect(stripped).toEqual({ containers: [expected] });
});

test('a kind that the API server does not define keeps every field', () => {
  const object = {
    apiVersion: 'example.com/v1',
    kind: 'Shop',
    metadata: { name: 'a' },
    spec: { suspend: false },
  };
  expect(objectWithoutDefaults(object)).toEqual(object);
});
