import type { Probe } from '../../../../imports/kubernetes/kinds';
import type { Pod } from '../../../kubernetes/workloads/pods';
import { containers } from '../parts';
import { rule } from '../rule';

export const hostProbes = rule({
  id: 'host-probes',
  sentence: 'Probes and lifecycle hooks connect only to their own pod.',
  why: 'If host is set, the kubelet connects to that host from the network of the nodes. Since Kubernetes 1.34, Pod Security refuses pods that set host.',
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  severity: 'high',
  fix: 'Remove host. To send a Host header, set httpHeaders.',
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

/** With hostNetwork, a program may listen only on the loopback address; host must then be that address. */
function isOwnHost(host: string, { spec }: Pod): boolean {
  return host === '' || (spec.hostNetwork === true && /^(127(\.\d+){3}|::1|localhost)$/.test(host));
}
