import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { hostnameLabel } from '../../kubernetes/scheduling/node';
import { templateHashLabel } from '../../kubernetes/workloads/pod-labels';
import { selectorLabels } from '../labels';

/**
 * One pod on each node, if there are enough nodes: the drain of a node then evicts only one of three pods.
 * Pods don't move back automatically: after a drain, two of three pods are on one node until the next rollout
 * (`kubectl rollout restart`).
 *
 * A hard constraint (`DoNotSchedule`) needs two more fields, because otherwise pods stay Pending.
 * `nodeTaintsPolicy: Honor` ignores cordoned and lost nodes; without it, the replacement of an evicted pod
 * waits for the drained node. `matchLabelKeys` counts only pods of the same revision; without it, old pods
 * block the new ones during a rollout.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function nodeSpread(name: string): k8s.TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey: hostnameLabel,
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: selectorLabels(name) },
    matchLabelKeys: [templateHashLabel],
    nodeTaintsPolicy: 'Honor',
  };
}

/**
 * The same for the pods of a StatefulSet. A rollout creates each new pod after the old one is deleted, so no
 * pod counts twice, and `matchLabelKeys` is not needed.
 */
export function ordinalSpread(name: string): k8s.TopologySpreadConstraint {
  const { matchLabelKeys: _, ...constraint } = nodeSpread(name);
  return constraint;
}

/** Kubernetes' default is 300, which is five minutes with one pod less, or without metrics. */
const lostNodeSeconds = 30;

/**
 * Pods of a lost node are replaced after 30 s instead of Kubernetes' 300.
 *
 * The effect must be NoExecute: if a pod also tolerated the NoSchedule taint of a lost node, the spread
 * constraint would count that node, and the replacement would stay Pending.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export function replacedSoon(): k8s.Toleration[] {
  return ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => ({
    key,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: lostNodeSeconds,
  }));
}
