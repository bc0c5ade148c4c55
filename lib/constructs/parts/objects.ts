import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { disruptionBudgetName, selectorLabels } from '../labels';
import { madeFrom } from './provenance';

/** A ClusterIP Service: on the port that the pods listen on, or on another one. */
export function clusterService(
  name: string,
  labels: Record<string, string>,
  props: { readonly port: number; readonly servicePort?: number },
): k8s.KubeServiceProps {
  const { port, servicePort } = props;
  return {
    metadata: { name, labels },
    spec: {
      type: 'ClusterIP',
      selector: selectorLabels(name),
      ports: [
        madeFrom(
          { port: servicePort ?? port, targetPort: k8s.IntOrString.fromNumber(port), protocol: 'TCP' },
          props,
          { port: [servicePort === undefined ? 'port' : 'servicePort'], targetPort: ['port'] },
        ),
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
