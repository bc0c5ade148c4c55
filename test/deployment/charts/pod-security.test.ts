import { at } from '../../support/at';
import { live } from '../../support/live';
import { find } from '../../support/production';

const templates: Readonly<Record<string, string>> = {
  Deployment: 'spec.template.spec',
  Job: 'spec.template.spec',
  CronJob: 'spec.jobTemplate.spec.template.spec',
};

const pods = live.documents.flatMap(({ object }) => {
  const path = templates[object.kind];
  return path === undefined ? [] : [{ name: object.metadata.name, spec: at(object, path) }];
});

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
    });
    const containers = ['initContainers', 'containers'].flatMap(
      (field) => (at(spec, field) ?? []) as object[],
    );
    for (const container of containers) {
      expect(container).toMatchObject({
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      });
    }
    for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) expect(spec).not.toHaveProperty(field);
  });

  test.each(pods)('$name uses only kinds of volumes that it allows', ({ spec }) => {
    const volumes = (at(spec, 'volumes') ?? []) as Record<string, unknown>[];
    const kinds = volumes.flatMap((volume) => Object.keys(volume).filter((key) => key !== 'name'));
    for (const kind of kinds)
      expect(['configMap', 'secret', 'emptyDir', 'persistentVolumeClaim']).toContain(kind);
  });
});
