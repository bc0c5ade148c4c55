import { servingContainers } from '../parts';
import { rule } from '../rule';

export const podProbesIdentical = rule({
  id: 'pod-probes-identical',
  sentence: 'The liveness probe and the readiness probe of a container differ.',
  why: 'With equal probes, a slow database makes the kubelet restart all containers. A readiness probe alone would only remove the pods from the Service.',
  source: 'https://github.com/zegl/kube-score/blob/master/README_PROBES.md',
  severity: 'medium',
  fix: 'Let the liveness probe check only the port: tcpSocket.',
  parts: servingContainers,
  faults: ({ container: { readinessProbe, livenessProbe } }) => {
    if (readinessProbe === undefined || livenessProbe === undefined) return undefined;
    const question = ({ exec, httpGet, tcpSocket, grpc }: typeof readinessProbe) =>
      JSON.stringify([exec, httpGet?.path, httpGet?.port, tcpSocket, grpc]);
    const isSame = question(readinessProbe) === question(livenessProbe);
    return [
      isSame && {
        path: 'livenessProbe',
        found: 'equals readinessProbe',
        must: 'differ from readinessProbe',
      },
    ];
  },
});
