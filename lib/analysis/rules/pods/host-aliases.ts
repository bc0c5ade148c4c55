import { pods } from '../parts';
import { rule } from '../rule';

export const hostAliases = rule({
  id: 'host-aliases',
  sentence: 'A pod resolves names by DNS, not by hostAliases.',
  why: 'The address in hostAliases stays when the service moves, and a wrong address receives credentials.',
  source: 'https://avd.aquasec.com/misconfig/kubernetes/general/avd-ksv-0007/',
  severity: 'medium',
  fix: 'Remove hostAliases.',
  parts: pods,
  faults: ({ spec: { hostAliases: aliases = [] } }) => [
    aliases.length > 0 && { path: 'hostAliases', must: 'be absent' },
  ],
});
