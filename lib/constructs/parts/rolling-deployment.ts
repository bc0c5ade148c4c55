import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { selectorLabels } from '../labels';
import { controllerMetadata } from './objects';
import { type PodProps, podTemplate } from './pod';
import { madeFrom } from './provenance';
import type { ScaledReplicas } from './replicas';
import { nodeSpread, replacedSoon } from './spread';

/** A rollout starts one new pod, and stops an old pod only after the new pod is ready. */
export function rollingUpdate(): k8s.DeploymentStrategy {
  return {
    type: 'RollingUpdate',
    rollingUpdate: {
      maxUnavailable: k8s.IntOrString.fromNumber(0),
      maxSurge: k8s.IntOrString.fromNumber(1),
    },
  };
}

/**
 * A Deployment whose rollout starts one new pod at a time and stops no old pod before the new pod is ready.
 * The pods spread over the nodes. With an autoscaler, `replicas` is not set, because otherwise every apply
 * would reset the number of pods.
 */
export function rollingDeployment(
  name: string,
  labels: Record<string, string>,
  props: PodProps & ScaledReplicas,
  main: k8s.Container,
  graceSeconds: number,
): k8s.KubeDeploymentProps {
  const { replicas, autoscaling } = props;
  const spec = {
    ...(autoscaling === undefined && { replicas }),
    strategy: rollingUpdate(),
    selector: { matchLabels: selectorLabels(name) },
    template: podTemplate(name, labels, props, [main], {
      tolerations: replacedSoon(),
      topologySpreadConstraints: [nodeSpread(name)],
      terminationGracePeriodSeconds: graceSeconds,
    }),
  };
  return {
    metadata: controllerMetadata(name, labels, props),
    spec: madeFrom(spec, props, { replicas: ['replicas'] }),
  };
}
