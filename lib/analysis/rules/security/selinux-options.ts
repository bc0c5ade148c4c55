import { containerTypes } from '../../../kubernetes/start/pod-security-allowed';
import { containers } from '../parts';
import { rule } from '../rule';

export const selinuxOptions = rule({
  id: 'selinux-options',
  sentence: 'Every container has the default SELinux user and role, and an SELinux type for containers.',
  why: 'With another user, role or type, SELinux no longer confines the container.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'high',
  fix: 'Remove seLinuxOptions.',
  parts: containers,
  faults: ({ container, pod }) => {
    // Pod Security checks the options of the pod even if every container overrides them.
    return [container.securityContext, pod.spec.securityContext].map((context) => {
      const options = context?.seLinuxOptions ?? {};
      const { user = '', role = '', type = '' } = options;
      return (
        (user !== '' || role !== '' || !containerTypes.includes(type)) && {
          path: 'securityContext.seLinuxOptions',
          found: `is ${JSON.stringify(options)}, in the container or its pod`,
          must: `have no user, no role, and no type other than ${containerTypes.filter((each) => each !== '').join(', ')}`,
        }
      );
    });
  },
});
