import { containerTypes } from '../../../kubernetes/start/pod-security-allowed';
import { containers } from '../parts';
import { rule } from '../rule';

export const selinuxOptions = rule({
  id: 'selinux-options',
  sentence: 'Containers keep the SELinux label that containers have.',
  why: 'With a user, a role or another type of its own a container leaves what confines it.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'high',
  fix: 'Remove seLinuxOptions.',
  parts: containers,
  faults: ({ container, pod }) => {
    // Pod Security looks at the pod's own too where every container has another.
    return [container.securityContext, pod.spec.securityContext].map((context) => {
      const options = context?.seLinuxOptions ?? {};
      const { user = '', role = '', type = '' } = options;
      return (
        (user !== '' || role !== '' || !containerTypes.includes(type)) && {
          path: 'securityContext.seLinuxOptions',
          found: `is ${JSON.stringify(options)}, here or of the pod`,
          must: 'have neither user nor role, and at most the type of containers',
        }
      );
    });
  },
});
