import { repeated } from '../../../kubernetes/repeated';
import { isSidecar } from '../../../kubernetes/rollout/pod-start';
import { pods } from '../parts';
import { rule } from '../rule';

export const portConflicts = rule({
  id: 'port-conflicts',
  sentence: 'The containers of a pod listen on different ports.',
  why: 'Containers of a pod share the address of the pod: the second container cannot listen on the port and restarts again and again. If one container lists a port twice, an apply drops one of the entries.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
  severity: 'high',
  fix: 'Change the port of one container.',
  parts: pods,
  faults: ({ spec: { initContainers = [], containers = [] } }) => {
    // Init containers that are not sidecars end before the other containers start.
    const running = [
      ...initContainers.flatMap((container, index) =>
        isSidecar(container) ? [{ container, path: `initContainers[${index}]` }] : [],
      ),
      ...containers.map((container, index) => ({ container, path: `containers[${index}]` })),
    ];
    const ports = running.flatMap(({ container, path }) =>
      (container.ports ?? []).map(({ containerPort, protocol = 'TCP' }, index) => ({
        key: `${containerPort}/${protocol}`,
        path: `${path}.ports[${index}].containerPort`,
      })),
    );
    return repeated(ports).map(({ path, first }) => ({ path, must: `differ from ${first}` }));
  },
});
