import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { hostnameLabel } from '../../kubernetes/scheduling/node';
import { templateHashLabel } from '../../kubernetes/workloads/pod-labels';
import { selectorLabels } from '../labels';

/**
 * One pod a node, as far as there are nodes: draining one costs a service of three at most one pod at a time. Pods don't
 * move back by themselves: after a drain two of three are on one node until the next rollout (`kubectl rollout restart`).
 *
 * A hard constraint (`DoNotSchedule`) strands pods or deadlocks without two more fields. `nodeTaintsPolicy:
 * Honor` leaves cordoned and lost nodes out of the count; without it the replacement of a drained pod waits for
 * the very node that is away. `matchLabelKeys` counts each rollout's pods apart; without it the pods about to go
 * keep the new ones from their places.
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
 * The same for the pods of a StatefulSet. A rollout replaces each pod only when the old one is gone, so that none of its pods count
 * twice, and their label of the revision need not be compared.
 */
export function ordinalSpread(name: string): k8s.TopologySpreadConstraint {
  const { matchLabelKeys: _, ...constraint } = nodeSpread(name);
  return constraint;
}

/** Kubernetes' default is 300: five minutes at two pods of three, or without metrics when they are wanted most. */
const lostNodeSeconds = 30;

/**
 * Pods of a lost node are replaced after 30 s instead of Kubernetes' 300.
 *
 * The effect must be NoExecute alone: a pod that tolerates the NoSchedule taint of a lost node as well would be
 * counted there by the spread, and its replacement stranded.
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
