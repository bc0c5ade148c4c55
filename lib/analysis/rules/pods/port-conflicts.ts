import { repeated } from '../../../kubernetes/repeated';
import { isSidecar } from '../../../kubernetes/rollout/pod-start';
import { pods } from '../parts';
import { rule } from '../rule';

export const portConflicts = rule({
  id: 'port-conflicts',
  sentence: 'No two containers of a pod listen on one port.',
  why: 'They share the address of the pod: the second one cannot listen, and restarts for ever. Of one container an apply drops either entry.',
  source: 'https://kubernetes.io/docs/concepts/workloads/pods/#pod-networking',
  severity: 'high',
  fix: 'Let one of them listen on another port, and state that one.',
  parts: pods,
  faults: ({ spec: { initContainers = [], containers = [] } }) => {
    // Other init containers have ended before the containers start.
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
