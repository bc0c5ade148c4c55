import type { Probe } from '../../../../imports/kubernetes/kinds';
import type { Pod } from '../../../kubernetes/workloads/pods';
import { containers } from '../parts';
import { rule } from '../rule';

export const hostProbes = rule({
  id: 'host-probes',
  sentence: 'Probes and hooks ask their own pod and no other host.',
  why: 'By a host the kubelet asks whom the author likes, from inside the network; Pod Security refuses it since 1.34.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'high',
  fix: 'Remove host; a Host header goes into httpHeaders.',
  parts: containers,
  faults: ({ container: { startupProbe, readinessProbe, livenessProbe, lifecycle = {} }, pod }) => {
    const handlers: Readonly<Record<string, Pick<Probe, 'httpGet' | 'tcpSocket'> | undefined>> = {
      startupProbe,
      readinessProbe,
      livenessProbe,
      'lifecycle.preStop': lifecycle.preStop,
      'lifecycle.postStart': lifecycle.postStart,
    };
    return Object.entries(handlers).flatMap(([field, handler]) =>
      (['httpGet', 'tcpSocket'] as const).map(
        (way) =>
          !isOwnHost(handler?.[way]?.host ?? '', pod) && {
            path: `${field}.${way}.host`,
            must: 'be absent',
          },
      ),
    );
  },
});

/** On the host's network a program may listen on the loopback address alone, and only a probe of that address reaches it. */
function isOwnHost(host: string, { spec }: Pod): boolean {
  return host === '' || (spec.hostNetwork === true && /^(127(\.\d+){3}|::1|localhost)$/.test(host));
}
