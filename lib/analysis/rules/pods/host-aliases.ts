import { pods } from '../parts';
import { rule } from '../rule';

export const hostAliases = rule({
  id: 'host-aliases',
  sentence: 'A pod resolves names by DNS, not by hostAliases.',
  why: 'An address in hostAliases does not change when the host moves. The pod then sends requests and credentials to the wrong address.',
  source: 'https://avd.aquasec.com/misconfig/kubernetes/general/avd-ksv-0007/',
  severity: 'medium',
  fix: 'Remove hostAliases.',
  parts: pods,
  faults: ({ spec: { hostAliases: aliases = [] } }) => [
    aliases.length > 0 && { path: 'hostAliases', must: 'be absent' },
  ],
});
