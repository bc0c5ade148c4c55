import { containers } from '../parts';
import { rule } from '../rule';

export const sshPort = rule({
  id: 'ssh-port',
  sentence: 'No container runs an SSH server.',
  why: 'SSH logins do not appear in the audit log of the cluster, and their keys are not rotated.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=ssh-port',
  severity: 'medium',
  fix: 'Remove the SSH server, and use kubectl exec.',
  parts: containers,
  faults: ({ container: { ports = [] } }) =>
    ports.map(
      ({ containerPort }, index) =>
        (containerPort === 22 || containerPort === 2222) && {
          path: `ports[${index}].containerPort`,
          must: 'not be 22 or 2222',
        },
    ),
});
