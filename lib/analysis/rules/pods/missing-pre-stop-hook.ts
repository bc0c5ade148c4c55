import { namespaceOf } from '../../../kubernetes/kinds';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const missingPreStopHook = rule({
  id: 'missing-pre-stop-hook',
  sentence:
    'If a Service sends requests to several pods of a workload, their containers have a preStop hook that delays the shutdown.',
  why: 'Traefik and kube-proxy remove the address of a pod only after the pod begins to shut down. Without a delay, requests fail in every rollout.',
  source: 'https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/',
  severity: 'medium',
  fix: 'Set lifecycle.preStop.sleep.seconds, such as 5.',
  parts: objectsOf('Service'),
  faults: ({ spec: { selector } = {} }, manifests, { object }) => {
    const pods =
      selector === undefined ? [] : manifests.pods.matching(namespaceOf(object), { matchLabels: selector });
    const rolling = pods.filter(({ replicas }) => replicas !== 1);
    if (rolling.length === 0) return undefined;
    return rolling.flatMap((pod) =>
      (pod.spec.containers ?? []).map(
        ({ ports = [], lifecycle }, index) =>
          ports.length > 0 &&
          lifecycle?.preStop === undefined && {
            object: pod.object,
            path: `${pod.path}.containers[${index}].lifecycle.preStop`,
            must: `be set, because Service ${object.metadata.name} sends requests to the pod`,
          },
      ),
    );
  },
});
