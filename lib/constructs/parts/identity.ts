import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { isLabelValue, isServiceName } from '../../kubernetes/names';
import { type Component, workloadLabels } from '../labels';
import type { PropProblem } from '../props-error';

/**
 * The labels of a workload's objects and pods: those of the chart, of the props and of the construct. cdk8s
 * adds a chart's labels to objects, but not to pod templates.
 */
export function labelsOf(
  scope: Construct,
  name: string,
  component: Component,
  { labels }: { readonly labels?: Readonly<Record<string, string>> } = {},
): Record<string, string> {
  return { ...Chart.of(scope).labels, ...labels, ...workloadLabels(name, component) };
}

/**
 * The image's tag as a label, so that `kubectl get deployments -L app.kubernetes.io/version` shows the
 * running versions.
 */
export function versionLabel(image: string): Record<string, string> {
  const [reference = ''] = image.split('@');
  const tag = /:([^/:]+)$/.exec(reference)?.[1] ?? '';
  return tag !== '' && isLabelValue(tag) ? { 'app.kubernetes.io/version': tag } : {};
}

/**
 * Reports a name that Kubernetes refuses for a Service. Service names have the strictest rules, so a valid
 * name is valid for all objects of a workload.
 */
export function nameProblem(name: string, maximum = 63): PropProblem | undefined {
  if (name.length <= maximum && isServiceName(name)) return undefined;
  return {
    path: ['name'],
    message: `is "${name}"; it must be a DNS label: at most ${maximum} characters (a-z, 0-9 and "-"), beginning with a letter`,
  };
}
