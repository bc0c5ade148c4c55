import { containers } from '../parts';
import { rule } from '../rule';

export const sshPort = rule({
  id: 'ssh-port',
  sentence: 'Nobody logs in to a container by SSH.',
  why: 'A login that no audit of the cluster sees, with keys that nobody rotates.',
  source: 'https://docs.kubelinter.io/#/generated/checks?id=ssh-port',
  severity: 'medium',
  fix: 'Remove the server; kubectl exec is the way in.',
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
