import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const podSecurityLabels = rule({
  id: 'pod-security-labels',
  sentence: 'A namespace enforces Pod Security "restricted", by the rules of a version.',
  why: 'Nothing else keeps a privileged pod out that somebody applies by hand; without a version an upgrade changes the rules.',
  source:
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces',
  severity: 'high',
  fix: 'Label the namespace pod-security.kubernetes.io/enforce: restricted, with its version.',
  parts: objectsOf('Namespace'),
  faults: ({ metadata: { labels = {} } = {} }) => {
    const [enforce, version] = ['enforce', 'enforce-version'].map(
      (name) => `pod-security.kubernetes.io/${name}`,
    ) as [string, string];
    return [
      labels[enforce] !== 'restricted' && {
        path: `metadata.labels${keyStep(enforce)}`,
        must: 'be restricted',
      },
      !/^v\d+\.\d+$/.test(labels[version] ?? '') && {
        path: `metadata.labels${keyStep(version)}`,
        must: 'be a version such as v1.34',
      },
    ];
  },
});
