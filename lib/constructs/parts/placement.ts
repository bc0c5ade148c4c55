import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { annotationKey, anyText, labelKey, labelValue } from '../../kubernetes/value-rule';
import { type FieldsOf, kubernetesField, mapField, optional, textField } from '../fields/field';
import { workloadLabels } from '../labels';
import type { PropProblem } from '../props-error';

/** The scheduling of the pods, and the labels and annotations of the objects. */
export interface PodPlacement {
  /**
   * Labels of the workload's objects and pods. `app.kubernetes.io/name` and `app.kubernetes.io/component`
   * can't be set. @default only the labels of the construct
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the pods. A changed annotation restarts the pods. @default only the annotations that
   * restart pods when their configuration changes
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The node selector: labels that a node must have. @default every node is allowed */
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** The `affinity` of the pods, as in the Kubernetes API. @default none */
  readonly affinity?: k8s.Affinity;
  /**
   * The `tolerations` of the pods, as in the Kubernetes API, in addition to those of the construct. @default
   * none
   */
  readonly tolerations?: readonly k8s.Toleration[];
}

export const placementFields: FieldsOf<PodPlacement> = {
  labels: optional(mapField(labelKey, textField(labelValue))),
  annotations: optional(mapField(annotationKey, textField(anyText))),
  nodeSelector: optional(mapField(labelKey, textField(labelValue))),
  affinity: optional(kubernetesField('Affinity', 'spec', 'affinity')),
  tolerations: optional(kubernetesField('Toleration[]', 'spec', 'tolerations')),
};

/** The scheduling fields of the pod's spec. */
export function placement(
  { nodeSelector, affinity, tolerations = [] }: PodPlacement,
  own: Pick<k8s.PodSpec, 'nodeSelector' | 'tolerations'>,
): Pick<k8s.PodSpec, 'nodeSelector' | 'affinity' | 'tolerations'> {
  const allTolerations = [...(own.tolerations ?? []), ...tolerations];
  const allLabels = { ...own.nodeSelector, ...nodeSelector };
  return {
    ...(Object.keys(allLabels).length > 0 && { nodeSelector: allLabels }),
    ...(affinity !== undefined && { affinity }),
    ...(allTolerations.length > 0 && { tolerations: allTolerations }),
  };
}

/**
 * Reports labels that only the construct can set: they select the workload's pods or describe the workload.
 */
export function labelProblems({ labels = {} }: PodPlacement): PropProblem[] {
  return Object.keys(workloadLabels('', 'service'))
    .filter((key) => key in labels)
    .map((key) => ({ path: ['labels', key], message: 'is set by the construct; remove it' }));
}
