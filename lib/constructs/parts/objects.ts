import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { disruptionBudgetName, selectorLabels } from '../labels';
import { madeFrom } from './provenance';

/** An account of the workload's own, without a token: nothing of ours talks to the API server. */
export function serviceAccount(name: string, labels: Record<string, string>): k8s.KubeServiceAccountProps {
  return { metadata: { name, labels }, automountServiceAccountToken: false };
}

/** A ClusterIP Service on the very port that the pods listen on. */
export function clusterService(
  name: string,
  labels: Record<string, string>,
  props: { readonly port: number },
): k8s.KubeServiceProps {
  const { port } = props;
  return {
    metadata: { name, labels },
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels(name),
      ports: [
        madeFrom({ port, targetPort: k8s.IntOrString.fromNumber(port), protocol: 'TCP' }, props, ['port']),
      ],
    },
  };
}

/**
 * How many pods a drain must leave.
 *
 * `AlwaysAllow` lets pods go that aren't ready anyway: without it one crashing pod blocks every drain.
 */
export function disruptionBudget(
  name: string,
  labels: Record<string, string>,
  props: { readonly minAvailable: number },
): k8s.KubePodDisruptionBudgetProps {
  return {
    metadata: { name: disruptionBudgetName(name), labels },
    spec: madeFrom(
      {
        minAvailable: k8s.IntOrString.fromNumber(props.minAvailable),
        selector: { matchLabels: selectorLabels(name) },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
      props,
      { minAvailable: ['minAvailable'] },
    ),
  };
}
