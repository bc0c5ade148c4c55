import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import type { Construct } from 'constructs';
import { disruptionBudgetName, selectorLabels } from '../labels';
import { type AccountHolder, accountAnnotations } from './account';
import { versionLabel } from './identity';
import { madeFrom } from './provenance';

/** A ClusterIP Service. `servicePort` defaults to the port of the pods. */
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
 * Adds a PodDisruptionBudget with the number of pods that must stay available during a drain.
 *
 * `AlwaysAllow` permits the eviction of pods that are not ready: without it, one crashing pod would block
 * every drain.
 */
export function addDisruptionBudget(
  scope: Construct,
  name: string,
  labels: Record<string, string>,
  props: { readonly minAvailable: number },
): k8s.KubePodDisruptionBudget {
  return new k8s.KubePodDisruptionBudget(scope, 'disruption-budget', {
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
  });
}

/** The metadata of a Deployment or StatefulSet. */
export function controllerMetadata(
  name: string,
  labels: Record<string, string>,
  props: AccountHolder & { readonly image: string },
): k8s.ObjectMeta {
  return { name, labels: { ...labels, ...versionLabel(props.image) }, ...accountAnnotations(props) };
}
