import type { JobSpec, LabelSelector, StatefulSetSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../objects/object-key';
import { type Labels, matches } from './selector';

/** The label with which a ReplicaSet tells the pods of one template of a Deployment from those of another. */
export const templateHashLabel = 'pod-template-hash';

/** The name of the Job, on its pods; the first is older and has no prefix. */
export const jobNameLabels = ['job-name', 'batch.kubernetes.io/job-name'] as const;

/** The labels of the pods that one object makes: those of its template, and those that its controller adds. */
export interface PodLabels {
  /** Every one of the pods has these. */
  readonly shared: Labels;
  /** Every pod has these keys, with values that no manifest states, and of which only the beginning may be known. */
  readonly unknown: Labels;
  /** What tells the pods apart that have a number. */
  readonly numbered?: NumberedLabels;
}

/** Labels that hold a pod's number. */
export interface NumberedLabels {
  readonly first: number;
  /** How many pods have a number, at most. */
  readonly count: number;
  readonly labelsOf: (ordinal: number) => Labels;
}

/**
 * The labels of the pods that an object makes.
 *
 * @param template the labels of its template
 * @param most how many pods it may have at once; of none, the labels of the first are those that it would have
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
export function podLabelsOf(object: KubernetesObject, template: Labels, most: number): PodLabels {
  const { name } = object.metadata;
  const spec = object['spec'] as unknown;
  switch (kindOf(object)) {
    case 'Deployment':
      return { shared: template, unknown: { [templateHashLabel]: '' } };
    case 'DaemonSet':
      return { shared: template, unknown: { 'controller-revision-hash': '', 'pod-template-generation': '' } };
    case 'StatefulSet': {
      const { ordinals } = (spec ?? {}) as StatefulSetSpec;
      const numbered = {
        first: ordinals?.start ?? 0,
        count: Math.max(1, most),
        labelsOf: (ordinal: number) => ({
          'statefulset.kubernetes.io/pod-name': `${name}-${ordinal}`,
          'apps.kubernetes.io/pod-index': String(ordinal),
        }),
      };
      return { shared: template, unknown: { 'controller-revision-hash': '' }, numbered };
    }
    case 'Job':
      return labelsOfJob(spec as JobSpec, template, { shared: jobName(name), unknown: {} });
    case 'CronJob': {
      const { jobTemplate } = (spec ?? {}) as { readonly jobTemplate?: { readonly spec?: JobSpec } };
      // The name of each Job ends with the time of its run.
      return labelsOfJob(jobTemplate?.spec, template, { shared: {}, unknown: jobName(`${name}-`) });
    }
    default:
      return { shared: template, unknown: {} };
  }
}

function jobName(value: string): Labels {
  return Object.fromEntries(jobNameLabels.map((key) => [key, value]));
}

/** @param named the labels that hold the name of the Job */
function labelsOfJob(
  { manualSelector, completionMode, completions = 1 }: JobSpec = {},
  template: Labels,
  named: PodLabels,
): PodLabels {
  const numbered = completionMode === 'Indexed' && {
    numbered: {
      first: 0,
      count: completions,
      labelsOf: (ordinal: number) => ({ 'batch.kubernetes.io/job-completion-index': String(ordinal) }),
    },
  };
  // Of a Job that states its own selector the API server leaves the template as it is.
  if (manualSelector === true) return { shared: template, unknown: {}, ...numbered };
  return {
    shared: { ...template, ...named.shared },
    unknown: { ...named.unknown, 'controller-uid': '', 'batch.kubernetes.io/controller-uid': '' },
    ...numbered,
  };
}

/** How many of an object's pods a selector matches; `unknown` where a value decides that no manifest states. */
export type SelectedPods = 'every' | 'some' | 'none' | 'unknown';

/** More numbered pods than are looked at one by one. */
const mostNumbered = 10_000;

/** How many of the pods with these labels a selector matches. */
export function selectedPods(
  selector: LabelSelector,
  { shared, unknown, numbered }: PodLabels,
): SelectedPods {
  const requirements = requirementsOf(selector);
  const about = requirements.filter(({ key }) => Object.hasOwn(unknown, key));
  const isNumbered =
    numbered !== undefined && requirements.some(({ key }) => numberedKeys(numbered).includes(key));
  if (about.length === 0 && !isNumbered) return matches(selector, shared) ? 'every' : 'none';
  const answers = about.map((each) => ofUnknown(each, unknown[each.key] ?? ''));
  if (answers.includes(false)) return 'none';
  const known = { matchExpressions: requirements.filter((each) => !about.includes(each)) };
  const all = isNumbered ? numberedLabels(numbered) : [{}];
  const found = all.filter((own) => matches(known, { ...shared, ...own })).length;
  if (found === 0) return 'none';
  if (answers.includes(undefined)) return 'unknown';
  return found === all.length ? 'every' : 'some';
}

/** The keys that hold a pod's number. */
export function numberedKeys({ first, labelsOf }: NumberedLabels): readonly string[] {
  return Object.keys(labelsOf(first));
}

/** The labels of each pod that has a number. */
export function numberedLabels({ first, count, labelsOf }: NumberedLabels): Labels[] {
  return Array.from({ length: Math.min(count, mostNumbered) }, (_, index) => labelsOf(first + index));
}

interface SelectorRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

function requirementsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): SelectorRequirement[] {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...matchExpressions.map(({ key = '', operator = '', values = [] }) => ({ key, operator, values })),
  ];
}

/** Whether a requirement is met by a value of which the beginning is known; undefined where the rest decides. */
function ofUnknown({ operator, values }: SelectorRequirement, beginning: string): boolean | undefined {
  if (operator === 'Exists') return true;
  if (operator === 'DoesNotExist') return false;
  const isPossible = values.some((value) => value.startsWith(beginning));
  if (operator === 'In') return isPossible ? undefined : false;
  return isPossible ? undefined : true;
}
