import { at } from '../../support/at';
import type { Edit } from '../../support/configuration';
import { find, production, productionWith } from '../../support/production';

const on: Edit = ['      enabled: false', '      enabled: true'];
const remarks = (...edits: Edit[]) =>
  productionWith(...edits)
    .remarks.get('3-api.k8s.yaml')
    ?.join('\n') ?? '';

describe('the one line that turns autoscaling on', () => {
  test("gives api the chapter's autoscaler", () => {
    expect(at(find(productionWith(on), 'HorizontalPodAutoscaler', 'api'), 'spec')).toMatchObject({
      minReplicas: 3,
      maxReplicas: 6,
      metrics: [
        { resource: { name: 'cpu', target: { averageUtilization: 70 } } },
        { resource: { name: 'memory', target: { averageUtilization: 80 } } },
      ],
    });
  });

  test('takes the count out of the Deployment', () => {
    expect(at(find(productionWith(on), 'Deployment', 'api'), 'spec')).not.toHaveProperty('replicas');
  });

  test('says how to keep the live count through the first apply', () => {
    expect(remarks(on)).toContain('kubectl apply edit-last-applied deployment/api -n honeydue');
  });

  test('says that api uses more memory in peace than the target', () => {
    expect(remarks(on)).toContain(
      '80 % of the memory request of 128Mi is 102Mi, and api normally uses up to 200Mi',
    );
  });

  test('does not say so once the request is above it', () => {
    expect(remarks(on, ['request: 128Mi, limit: 512Mi', 'request: 256Mi, limit: 512Mi'])).not.toContain(
      'in peace',
    );
  });

  test('says nothing while it is off', () => {
    expect(production.remarks.get('3-api.k8s.yaml')).toEqual([]);
  });
});
