import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { hostnameLabel } from '../../kubernetes/scheduling/node';
import { templateHashLabel } from '../../kubernetes/workloads/pod-labels';
import { selectorLabels } from '../labels';

/**
 * Spreads the pods of a workload: one pod on each node, if there are enough nodes. The drain of a node then
 * evicts only one of three pods. Pods don't move back automatically: after a drain, two of three pods are on
 * one node until the next rollout (`kubectl rollout restart`).
 *
 * The constraint is hard (`DoNotSchedule`), so it needs two more fields to keep pods from staying Pending.
 * `nodeTaintsPolicy: Honor` leaves cordoned and lost nodes out of the calculation; without it, the
 * replacement of an evicted pod waits for the drained node. `matchLabelKeys` counts only pods of the same
 * revision; without it, old pods block the new pods during a rollout.
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
 * Spreads the pods of a StatefulSet over the nodes. `matchLabelKeys` is not needed: a rollout creates each
 * new pod after the old pod is deleted, so no pod counts twice.
 */
export function ordinalSpread(name: string): k8s.TopologySpreadConstraint {
  const { matchLabelKeys: _, ...constraint } = nodeSpread(name);
  return constraint;
}

/**
 * Seconds until the pods of a lost node are replaced. With Kubernetes' default of 300, a workload would have one
 * pod less for five minutes.
 */
const lostNodeSeconds = 30;

/**
 * Tolerations that replace the pods of a lost node after 30 s instead of Kubernetes' default of 300 s.
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
