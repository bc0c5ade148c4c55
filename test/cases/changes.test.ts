import { findingsOf, impactOf } from './manifest-case';

describe('changes that restart or connect nothing', () => {
  test("impact-job-label: without a policy a label of a Job's pods opens and closes nothing", () => {
    const classes = impactOf('manifests/impact-job-label').map((each) => each.class);
    expect(classes).toEqual(['fails']);
  });

  test('impact-rule-label: a label of a PrometheusRule restarts nothing', () => {
    expect(impactOf('manifests/impact-rule-label')).toEqual([
      expect.objectContaining({ class: 'in place', object: 'PrometheusRule shop/r' }),
    ]);
  });
});

describe('content that changes while nothing restarts', () => {
  test('impact-subpath: pods that mount it by subPath keep the old file', () => {
    expect(impactOf('manifests/impact-subpath')).toEqual([
      expect.objectContaining({
        object: 'ConfigMap shop/conf',
        reason: expect.stringContaining('Deployment shop/cart read the object and keep the old values'),
        wayOut: 'kubectl rollout restart deployment/cart -n shop',
      }),
    ]);
  });

  test('subpath-config: the template needs a hash of the content', () => {
    expect(findingsOf('configmap-checksum', 'manifests/subpath-config')).toHaveLength(1);
  });
});
