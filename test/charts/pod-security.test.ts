import { at } from '../support/at';
import { live } from '../support/live';
import { find } from '../support/production';

const pods = live.documents
  .filter(({ object }) => ['Deployment', 'Job'].includes(object.kind))
  .map(({ object }) => ({ name: object.metadata.name, spec: at(object, 'spec.template.spec') }));

describe('Pod Security "restricted"', () => {
  test('is enforced, audited and warned of in the namespace, at the version of the cluster', () => {
    expect(find(live, 'Namespace', 'honeydue').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': 'v1.34',
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
  });

  test('the namespace itself lies in no namespace', () => {
    expect(find(live, 'Namespace', 'honeydue').metadata).not.toHaveProperty('namespace');
  });

  test.each(pods)('is met by $name', ({ spec }) => {
    expect(spec).toMatchObject({
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          },
        },
      ],
    });
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC', 'initContainers'])
      expect(spec).not.toHaveProperty(field);
  });

  test.each(pods)('$name uses only kinds of volumes that it allows', ({ spec }) => {
    const volumes = (at(spec, 'volumes') ?? []) as Record<string, unknown>[];
    const kinds = volumes.flatMap((volume) => Object.keys(volume).filter((key) => key !== 'name'));
    for (const kind of kinds) expect(['secret', 'emptyDir', 'persistentVolumeClaim']).toContain(kind);
  });
});
