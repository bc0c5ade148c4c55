/** The one label by which workloads are selected. */
const nameLabel = 'app.kubernetes.io/name';

/**
 * The selector of a workload's pods: one label, from this one function. The live Deployments select on it,
 * and the API server refuses to change a selector in place.
 */
export function selectorLabels(name: string): Record<string, string> {
  return { [nameLabel]: name };
}

/** What a workload is to the whole, as `app.kubernetes.io/component` tells it. A `worker` runs once, a `consumer` any number of times. */
export type Component =
  | 'service'
  | 'worker'
  | 'consumer'
  | 'job'
  | 'cache'
  | 'migration'
  | 'backup'
  | 'metrics';

/** The recommended labels of a workload's objects and pods. None of them but the name selects anything. */
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
