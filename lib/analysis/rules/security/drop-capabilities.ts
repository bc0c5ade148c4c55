import { containers } from '../parts';
import { rule } from '../rule';

export const dropCapabilities = rule({
  id: 'drop-capabilities',
  sentence: 'Every container drops all capabilities and adds at most NET_BIND_SERVICE.',
  why: 'The default capabilities allow a process to forge packets and to change files of other users.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  severity: 'high',
  fix: 'Set capabilities: { drop: [ALL] } in the security context of the container.',
  parts: containers,
  faults: ({ container: { securityContext: { capabilities: { drop = [], add = [] } = {} } = {} } }) => [
    !drop.includes('ALL') && { path: 'securityContext.capabilities.drop', must: 'contain ALL' },
    ...add.map(
      (name, index) =>
        name !== 'NET_BIND_SERVICE' && {
          path: `securityContext.capabilities.add[${index}]`,
          must: 'be absent, or NET_BIND_SERVICE',
        },
    ),
  ],
});
