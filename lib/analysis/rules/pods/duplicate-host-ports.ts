import { repeated } from '../../../kubernetes/repeated';
import { pods } from '../parts';
import { rule } from '../rule';

export const duplicateHostPorts = rule({
  id: 'duplicate-host-ports',
  sentence: 'Every hostPort of a pod is unique.',
  why: 'The API server refuses the pod.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports',
  severity: 'critical',
  refusedByServer: true,
  fix: 'Remove one hostPort.',
  parts: pods,
  faults: ({ spec: { containers = [] } }) =>
    repeated(
      containers.flatMap(({ ports = [] }, index) =>
        ports.flatMap(({ hostPort = 0, hostIP = '', protocol = 'TCP' }, each) =>
          hostPort === 0
            ? []
            : [
                {
                  key: `${hostIP} ${hostPort}/${protocol}`,
                  path: `containers[${index}].ports[${each}].hostPort`,
                },
              ],
        ),
      ),
    ).map(({ path, first }) => ({ path, must: `differ from ${first}` })),
});
