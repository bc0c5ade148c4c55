import { namespaceOf } from '../../../kubernetes/kinds';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const missingPreStopHook = rule({
  id: 'missing-pre-stop-hook',
  sentence:
    'What is replaced one pod at a time behind a Service goes on answering for a while after it is told to end.',
  why: 'Traefik and kube-proxy learn late that a pod is going: without a pause every rollout is a few failed requests.',
  source: 'https://kubernetes.io/docs/tutorials/services/pods-and-endpoint-termination-flow/',
  severity: 'medium',
  fix: 'Add lifecycle.preStop.sleep of some seconds.',
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
            must: `be stated, as Service ${object.metadata.name} sends requests there`,
          },
      ),
    );
  },
});
