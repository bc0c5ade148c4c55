import { App, Chart } from 'cdk8s';
import { WebService, type WebServiceProps } from '../../../lib/constructs/web-service';
import { at } from '../../support/at';
import { objectsOf, ofKind } from '../../support/chart';
import { webServiceProps } from '../../support/props';

const build = (patch: NonNullable<WebServiceProps['patch']>, more: Partial<WebServiceProps> = {}) =>
  objectsOf((chart) => new WebService(chart, 'cart', { ...webServiceProps, ...more, patch }));
const deployment = (patch: NonNullable<WebServiceProps['patch']>['deployment']) =>
  ofKind(build(patch === undefined ? {} : { deployment: patch }), 'Deployment');

describe('a patch', () => {
  test('adds a field that no prop states', () => {
    const dnsConfig = { options: [{ name: 'ndots', value: '2' }] };
    expect(
      at(deployment({ spec: { template: { spec: { dnsConfig } } } }), 'spec.template.spec.dnsConfig'),
    ).toEqual(dnsConfig);
  });

  test('finds a container by its name, and leaves the rest of it', () => {
    const container = at(
      deployment({ spec: { template: { spec: { containers: [{ name: 'cart', tty: true }] } } } }),
      'spec.template.spec.containers',
    );
    expect(container).toEqual([
      expect.objectContaining({ name: 'cart', tty: true, image: webServiceProps.image }),
    ]);
  });

  test('removes a field by null', () => {
    const patched = deployment({ spec: { template: { spec: { topologySpreadConstraints: null } } } });
    expect(at(patched, 'spec.template.spec')).not.toHaveProperty('topologySpreadConstraints');
  });

  test('keeps quantities, and the metadata that is added later', () => {
    const app = new App();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const service = new WebService(chart, 'cart', {
      ...webServiceProps,
      patch: { deployment: { spec: { minReadySeconds: 5 } } },
    });
    service.deployment.metadata.addAnnotation('example.com/added', 'later');
    const object = service.deployment.toJson();
    expect(object.metadata.annotations).toEqual({ 'example.com/added': 'later' });
    expect(object.spec.template.spec.containers[0].resources.limits.memory).toBe('128Mi');
  });

  test.each<[string, NonNullable<WebServiceProps['patch']>]>([
    [
      'patch.autoscaler patches an object that the construct does not have; its objects are deployment, disruptionBudget, service, serviceAccount',
      { autoscaler: { spec: {} } },
    ],
    ['patch.deployment is "x"; it must be a map with fields of the object', { deployment: 'x' as never }],
    [
      'patch.deployment.metadata.name changes a field that identifies the object; remove it',
      { deployment: { metadata: { name: 'basket' } } },
    ],
    [
      'patch.deployment.spec.template.spec.containers.0 has no name, which identifies an item of this list; set name',
      { deployment: { spec: { template: { spec: { containers: [{ tty: true }] } } } } },
    ],
  ])('is refused: %s', (message, patch) => {
    expect(() => build(patch)).toThrow(`shop/cart.${message}`);
  });
});
