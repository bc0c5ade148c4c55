import { pods } from '../parts';
import { rule } from '../rule';

export const hostAliases = rule({
  id: 'host-aliases',
  sentence: 'Names are resolved by DNS, and not by a list in the pod.',
  why: 'Such an address stays when the service moves, and a wrong one sends secrets elsewhere.',
  source: 'https://avd.aquasec.com/misconfig/kubernetes/general/avd-ksv-0007/',
  severity: 'medium',
  fix: 'Remove hostAliases.',
  parts: pods,
  faults: ({ spec: { hostAliases: aliases = [] } }) => [
    aliases.length > 0 && { path: 'hostAliases', must: 'be absent' },
  ],
});
