import type { Json, KubernetesObject } from '../../../lib/documents/kubernetes';
import { Manifests } from '../../../lib/kubernetes/manifests';
import { podAmount } from '../../../lib/kubernetes/scheduling/requests';

type Fields = { readonly [field: string]: Json };

function object(kind: string, spec: Fields): KubernetesObject {
  return { apiVersion: 'v1', kind, metadata: { name: 'api', namespace: 'shop' }, spec };
}

const requesting = (cpu: string, memory: string): Fields => ({ resources: { requests: { cpu, memory } } });

const containers = [{ name: 'api', ...requesting('250m', '1Ki') }];

describe('what one pod requests', () => {
  const requested = (
    pod: Fields,
    resource = 'cpu',
    side: 'requests' | 'limits' = 'requests',
    others: KubernetesObject[] = [],
  ) => {
    const manifests = new Manifests([object('Pod', pod), ...others]);
    const [only] = manifests.pods.all;
    return only && podAmount(only, manifests, resource, side);
  };

  test('is what its containers request together', () => {
    expect(requested({ containers: [...containers, ...containers, { name: 'idle' }] })).toBe(0.5);
  });

  // https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
  test('is the limit of the whole pod, where no container has one', () => {
    const resources = { limits: { cpu: '2' } };
    expect(requested({ resources, containers: [{ name: 'api' }] })).toBe(2);
    expect(requested({ resources, containers })).toBe(0.25);
  });

  test('is what the largest init container requests, if that is more', () => {
    const initContainers = [requesting('2', '0'), requesting('1', '0')];
    expect(requested({ initContainers, containers })).toBe(2);
  });

  test('is what init containers that go on request too', () => {
    const initContainers = [{ name: 'proxy', restartPolicy: 'Always', ...requesting('1', '0') }];
    expect(requested({ initContainers, containers })).toBe(1.25);
  });

  test('is nothing where nothing is stated', () => {
    expect(requested({ containers: [{ name: 'api', resources: {} }] })).toBe(0);
  });

  test('may be limited apart', () => {
    const resources = { limits: { cpu: '3' } };
    expect(requested({ containers: [{ name: 'api', resources }] }, 'cpu', 'limits')).toBe(3);
  });

  test('is the limit where no request is stated', () => {
    const resources = { limits: { cpu: '3' } };
    expect(requested({ containers: [{ name: 'api', resources }] })).toBe(3);
  });

  test('counts an init container together with the sidecars that run by then, and not those that start later', () => {
    const sidecar = { name: 'proxy', restartPolicy: 'Always', ...requesting('1', '0') };
    const init = { name: 'fill', ...requesting('2', '0') };
    expect(requested({ initContainers: [sidecar, init], containers })).toBe(3);
    expect(requested({ initContainers: [init, sidecar], containers })).toBe(2);
  });

  test('is what the pod itself states, if it does', () => {
    expect(requested({ resources: { requests: { cpu: '2' } }, containers })).toBe(2);
  });

  const ranged = (item: Fields) => [object('LimitRange', { limits: [{ type: 'Container', ...item }] })];
  const idle = { containers: [{ name: 'idle' }] };

  test.each<[string, Fields, number]>([
    ['the default request', { defaultRequest: { cpu: '1' }, default: { cpu: '2' } }, 1],
    ['the default limit', { default: { cpu: '2' }, max: { cpu: '3' } }, 2],
    ['the maximum', { max: { cpu: '3' }, min: { cpu: '1' } }, 3],
    ['the minimum', { min: { cpu: '1' } }, 1],
  ])('of what states nothing is %s of the LimitRange', (_, item, request) => {
    expect(requested(idle, 'cpu', 'requests', ranged(item))).toBe(request);
  });

  test('the default of a LimitRange is a limit, too', () => {
    expect(requested(idle, 'cpu', 'limits', ranged({ default: { cpu: '2' } }))).toBe(2);
  });

  test('a stated request is kept', () => {
    expect(requested({ containers }, 'cpu', 'requests', ranged({ defaultRequest: { cpu: '1' } }))).toBe(0.25);
  });
});
