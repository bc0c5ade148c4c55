import { servingContainers } from '../parts';
import { rule } from '../rule';

export const podProbesIdentical = rule({
  id: 'pod-probes-identical',
  sentence: 'Liveness asks for something else than readiness.',
  why: 'What makes a pod not ready, such as a slow database, would otherwise restart it, and all of them at once.',
  source: 'https://github.com/zegl/kube-score/blob/master/README_PROBES.md',
  severity: 'medium',
  fix: 'Let liveness ask for the port alone.',
  parts: servingContainers,
  faults: ({ container: { readinessProbe, livenessProbe } }) => {
    if (readinessProbe === undefined || livenessProbe === undefined) return undefined;
    const question = ({ exec, httpGet, tcpSocket, grpc }: typeof readinessProbe) =>
      JSON.stringify([exec, httpGet?.path, httpGet?.port, tcpSocket, grpc]);
    const isSame = question(readinessProbe) === question(livenessProbe);
    return [
      isSame && {
        path: 'livenessProbe',
        found: 'asks what readinessProbe asks',
        must: 'ask for something else',
      },
    ];
  },
});
