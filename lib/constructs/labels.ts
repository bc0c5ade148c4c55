/** The only label that selects a workload's pods. */
const nameLabel = 'app.kubernetes.io/name';

/**
 * The selector of a workload's pods. The live Deployments use it, and a selector is immutable.
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

/** The headless Service by which the pods of a workload are found for their metrics. */
export function metricsServiceName(name: string): string {
  return `${name}-metrics`;
}

/** `web-pdb`, for a workload `web`. */
export function disruptionBudgetName(name: string): string {
  return `${name}-pdb`;
}
