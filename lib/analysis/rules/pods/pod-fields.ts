import { isDnsLabel } from '../../../kubernetes/names';
import { pods } from '../parts';
import { type Fault, rule } from '../rule';

const mostNameservers = 3;
const mostSearches = 32;

export const podFields = rule({
  id: 'pod-fields',
  sentence: 'The host name, DNS settings, deadline and tolerations of a pod are valid.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#PodSpec',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Write a value that the message allows.',
  parts: pods,
  faults: ({ spec, object }) => {
    const { hostname, subdomain, activeDeadlineSeconds: deadline, dnsPolicy, dnsConfig = {} } = spec;
    const { nameservers = [], searches = [] } = dnsConfig;
    const name = 'be a DNS label: 1 to 63 characters of a-z, 0-9 and "-"';
    const makesServing = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'].includes(object.kind);
    return [
      hostname !== undefined && hostname !== '' && !isDnsLabel(hostname) && { path: 'hostname', must: name },
      subdomain !== undefined &&
        subdomain !== '' &&
        !isDnsLabel(subdomain) && { path: 'subdomain', must: name },
      deadline !== undefined && makesServing && { path: 'activeDeadlineSeconds', must: 'be absent' },
      deadline !== undefined && deadline < 1 && { path: 'activeDeadlineSeconds', must: 'be at least 1' },
      dnsPolicy === 'None' &&
        nameservers.length === 0 && {
          path: 'dnsConfig.nameservers',
          must: 'have a nameserver, because dnsPolicy is None',
        },
      nameservers.length > mostNameservers && {
        path: 'dnsConfig.nameservers',
        must: `have at most ${mostNameservers} entries`,
      },
      searches.length > mostSearches && {
        path: 'dnsConfig.searches',
        must: `have at most ${mostSearches} entries`,
      },
      ...tolerationFaults(spec.tolerations ?? []),
    ];
  },
});

interface Toleration {
  readonly key?: string;
  readonly operator?: string;
  readonly value?: string;
  readonly effect?: string;
  readonly tolerationSeconds?: number;
}

function tolerationFaults(tolerations: readonly Toleration[]): (Fault | false)[] {
  return tolerations.flatMap(
    ({ key = '', operator = 'Equal', value = '', effect, tolerationSeconds }, index) => [
      key === '' &&
        operator !== 'Exists' && {
          path: `tolerations[${index}].operator`,
          must: 'be Exists, because key is missing',
        },
      operator === 'Exists' &&
        value !== '' && {
          path: `tolerations[${index}].value`,
          must: 'be absent, because operator is Exists',
        },
      tolerationSeconds !== undefined &&
        effect !== 'NoExecute' && {
          path: `tolerations[${index}].effect`,
          must: 'be NoExecute, because tolerationSeconds is set',
        },
    ],
  );
}
