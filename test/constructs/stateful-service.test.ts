import { check, rules } from '../../lib/api/analysis';
import { StatefulService, type StatefulServiceProps } from '../../lib/constructs/stateful-service';
import { at } from '../support/at';
import { objectsOf, ofKind } from '../support/chart';
import { webServiceProps } from '../support/props';

const props: StatefulServiceProps = {
  ...webServiceProps,
  storage: { data: { directory: '/data', size: '5Gi', class: 'local-path' } },
};
const build = (more: Partial<StatefulServiceProps> = {}) =>
  objectsOf((chart) => new StatefulService(chart, 'search', { ...props, ...more }));
const set = (more?: Partial<StatefulServiceProps>) => ofKind(build(more), 'StatefulSet');

describe('StatefulService', () => {
  test('has a headless Service, by which each pod has a name', () => {
    expect(at(ofKind(build(), 'Service'), 'spec')).toMatchObject({
      clusterIP: 'None',
      ports: [{ port: 8080 }],
    });
    expect(at(set(), 'spec.serviceName')).toBe('search');
  });

  test('gives each pod a volume of its own', () => {
    expect(at(set(), 'spec.volumeClaimTemplates')).toEqual([
      {
        metadata: { name: 'data' },
        spec: {
          accessModes: ['ReadWriteOnce'],
          storageClassName: 'local-path',
          resources: { requests: { storage: '5Gi' } },
        },
      },
    ]);
    expect(at(set(), 'spec.template.spec.containers.0.volumeMounts')).toEqual([
      { name: 'data', mountPath: '/data' },
    ]);
  });

  const stopOf = (more?: Partial<StatefulServiceProps>) => [
    at(set(more), 'spec.template.spec.containers.0.lifecycle'),
    at(set(more), 'spec.template.spec.terminationGracePeriodSeconds'),
  ];

  test('continues to serve for a while when a pod of several is deleted', () => {
    expect(stopOf({ replicas: 2, minAvailable: 1 })).toEqual([{ preStop: { sleep: { seconds: 15 } } }, 45]);
  });

  test('complies with missing-pre-stop-hook with two replicas', () => {
    const { open } = check(build({ replicas: 2, minAvailable: 1 }), {
      rules: rules.filter(({ id }) => id === 'missing-pre-stop-hook'),
    });
    expect(open).toEqual([]);
  });

  test('stops a single pod at once', () => {
    expect(stopOf({ replicas: 1, minAvailable: 0 })).toEqual([undefined, 30]);
  });

  test('takes other times', () => {
    expect(stopOf({ replicas: 1, minAvailable: 0, drainSeconds: 5, graceSeconds: 60 })).toEqual([
      { preStop: { sleep: { seconds: 5 } } },
      65,
    ]);
  });

  test('lets a sidecar mount the volume', () => {
    const sidecar = {
      name: 'backup',
      image: webServiceProps.image,
      resources: webServiceProps.resources,
      mounts: { data: '/data' },
    };
    expect(at(set({ sidecars: [sidecar] }), 'spec.template.spec.initContainers')).toMatchObject([
      { name: 'backup', restartPolicy: 'Always', volumeMounts: [{ name: 'data', mountPath: '/data' }] },
    ]);
  });

  test.each<[string, Partial<StatefulServiceProps>]>([
    ['storage is empty; add a volume, or use WebService for a service without volumes', { storage: {} }],
    [
      'storage.data.size is "5GB"; it must be a quantity of bytes such as 128Mi or 5Gi',
      { storage: { data: { directory: '/data', size: '5GB' } } },
    ],
    [
      'storage.data is the name of another volume; choose a different name',
      { scratch: { data: { directory: '/tmp', sizeLimit: '1Mi' } } },
    ],
    ['minAvailable is 3 of 3 replicas, so no node could be drained', { minAvailable: 3 }],
  ])('refuses: %s', (message, wrong) => {
    expect(() => build(wrong)).toThrow(`shop/search.${message}`);
  });
});
