import type { PodAffinityTerm, TopologySpreadConstraint } from '../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../documents/kubernetes';
import type { Manifests } from '../../../kubernetes/manifests';
import { selectedPods, templateHashLabel } from '../../../kubernetes/workloads/pod-labels';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { Field, SpreadRule } from './workload';

/**
 * Hard scheduling rules about a workload's own pods, and the rules about pods of other workloads, which are not
 * modelled.
 */
export interface SpreadRules {
  readonly rules: readonly SpreadRule[];
  readonly unmodelled: readonly Field[];
}

/** Reads the hard rules that spread a workload's pods. Preferred rules are ignored, because they guarantee nothing. */
export function spreadRules(pod: Pod, manifests: Manifests): SpreadRules {
  const { object, path, spec } = pod;
  const rules: SpreadRule[] = [];
  const unmodelled: Field[] = [];
  const add = (rule: SpreadRule | undefined, field: Field) =>
    rule === undefined ? unmodelled.push(field) : rules.push(rule);
  for (const [index, constraint] of (spec.topologySpreadConstraints ?? []).entries()) {
    if (constraint.whenUnsatisfiable === 'ScheduleAnyway') continue;
    const field = { object, path: `${path}.topologySpreadConstraints[${index}]` };
    add(isOwn(pod, manifests, constraint) ? ofConstraint(constraint, field) : undefined, field);
  }
  const { podAffinity } = spec.affinity ?? {};
  for (const [index, term] of repellingTerms(pod).entries()) {
    const field = antiAffinityField(object, path, index);
    add(isOwnTerm(pod, manifests, term) ? ofTerm(term, field) : undefined, field);
  }
  for (const index of (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).keys()) {
    const list = 'requiredDuringSchedulingIgnoredDuringExecution';
    unmodelled.push({ object, path: `${path}.affinity.podAffinity.${list}[${index}]` });
  }
  return { rules, unmodelled: [...unmodelled, ...othersTerms(pod, manifests)] };
}

/** Anti-affinity of other workloads against this workload's pods: the scheduler enforces it in both directions. */
function othersTerms(pod: Pod, manifests: Manifests): Field[] {
  return repellingPods(manifests).flatMap((other) => {
    if (other === pod) return [];
    return repellingTerms(other).flatMap(
      ({ labelSelector, namespaces, namespaceSelector, matchLabelKeys = [] }, index) => {
        const isHere =
          namespaceSelector !== undefined || (namespaces ?? [other.namespace]).includes(pod.namespace);
        const selects = labelSelector !== undefined && selectedPods(labelSelector, pod.podLabels) !== 'none';
        // Pods of another workload never have the same pod-template-hash.
        if (!isHere || !selects || matchLabelKeys.includes(templateHashLabel)) return [];
        return [antiAffinityField(other.object, other.path, index)];
      },
    );
  });
}

const repelling = new WeakMap<Manifests, readonly Pod[]>();

/** The pods with a hard anti-affinity. Few pods have one, so few are compared with every other pod. */
function repellingPods(manifests: Manifests): readonly Pod[] {
  let found = repelling.get(manifests);
  if (found === undefined) {
    found = manifests.pods.all.filter((pod) => repellingTerms(pod).length > 0);
    repelling.set(manifests, found);
  }
  return found;
}

function repellingTerms({ spec }: Pod): readonly PodAffinityTerm[] {
  return spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

function antiAffinityField(object: KubernetesObject, path: string, index: number): Field {
  const list = 'requiredDuringSchedulingIgnoredDuringExecution';
  return { object, path: `${path}.affinity.podAntiAffinity.${list}[${index}]` };
}

/**
 * Reads a topology spread constraint. Domains are counted on nodes that match the pod's node selector. Cordoned and
 * lost nodes also count, unless `nodeTaintsPolicy` is Honor.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
function ofConstraint(constraint: TopologySpreadConstraint, field: Field): SpreadRule {
  const { maxSkew = 1, minDomains = 1, topologyKey = '', matchLabelKeys = [] } = constraint;
  return {
    kind: 'spread',
    topologyKey,
    maxSkew,
    minDomains,
    countsTaintedNodes: constraint.nodeTaintsPolicy !== 'Honor',
    countsOtherNodes: constraint.nodeAffinityPolicy === 'Ignore',
    perRevision: matchLabelKeys.includes(templateHashLabel),
    field,
  };
}

function ofTerm({ topologyKey = '', matchLabelKeys = [] }: PodAffinityTerm, field: Field): SpreadRule {
  return {
    kind: 'anti-affinity',
    topologyKey,
    maxSkew: 1,
    minDomains: 1,
    countsTaintedNodes: false,
    countsOtherNodes: false,
    perRevision: matchLabelKeys.includes(templateHashLabel),
    field,
  };
}

function isOwnTerm(pod: Pod, manifests: Manifests, term: PodAffinityTerm): boolean {
  const { namespaces = [pod.namespace], namespaceSelector, mismatchLabelKeys } = term;
  const isHere = namespaceSelector === undefined && namespaces.join() === pod.namespace;
  return isHere && mismatchLabelKeys === undefined && isOwn(pod, manifests, term);
}

/**
 * Whether a rule selects only the workload's own pods. Pods of another template never have the same
 * pod-template-hash.
 */
function isOwn(
  pod: Pod,
  manifests: Manifests,
  { labelSelector, matchLabelKeys = [] }: PodAffinityTerm | TopologySpreadConstraint,
): boolean {
  if (labelSelector === undefined || selectedPods(labelSelector, pod.podLabels) !== 'every') return false;
  if (matchLabelKeys.includes(templateHashLabel)) return true;
  if (matchLabelKeys.some((key) => !(key in pod.labels))) return false;
  return manifests.pods
    .matching(pod.namespace, labelSelector)
    .every((each) => each === pod || matchLabelKeys.some((key) => each.labels[key] !== pod.labels[key]));
}
