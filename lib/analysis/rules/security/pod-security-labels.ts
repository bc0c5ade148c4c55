import { keyStep } from '../../../kubernetes/path';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const podSecurityLabels = rule({
  id: 'pod-security-labels',
  sentence: 'Every namespace enforces the Pod Security Standard "restricted", in a pinned version.',
  why: 'Without enforcement, the API server admits privileged pods. Without a pinned version, an upgrade of Kubernetes changes the standard.',
  source:
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces',
  severity: 'high',
  fix: 'Set the labels pod-security.kubernetes.io/enforce: restricted and pod-security.kubernetes.io/enforce-version.',
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
