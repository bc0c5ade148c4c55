/** The only label that selects a workload's pods. */
const nameLabel = 'app.kubernetes.io/name';

/**
 * The selector of a workload's pods. It must not change, because a selector is immutable and existing
 * Deployments use this one.
 */
export function selectorLabels(name: string): Record<string, string> {
  return { [nameLabel]: name };
}

/** The value of `app.kubernetes.io/component`. A `worker` has one replica, a `consumer` any number. */
export type Component =
  | 'service'
  | 'worker'
  | 'consumer'
  | 'job'
  | 'cache'
  | 'migration'
  | 'backup'
  | 'metrics';

/** The recommended labels of a workload's objects and pods. Only the name is used in selectors. */
export function workloadLabels(name: string, component: Component): Record<string, string> {
  return { ...selectorLabels(name), 'app.kubernetes.io/component': component };
}

/** The name of the headless Service through which the metrics agent finds the pods of a workload. */
export function metricsServiceName(name: string): string {
  return `${name}-metrics`;
}

/** The name of a workload's PodDisruptionBudget, such as `web-pdb` for `web`. */
export function disruptionBudgetName(name: string): string {
  return `${name}-pdb`;
}
