import type { JobSpec, LabelSelector, StatefulSetSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../objects/object-key';
import { type Labels, matches } from './selector';

/** The label that distinguishes the pods of the revisions of a Deployment. */
export const templateHashLabel = 'pod-template-hash';

/** Pod labels with the name of the Job. The first one is the older name. */
export const jobNameLabels = ['job-name', 'batch.kubernetes.io/job-name'] as const;

/** The labels of the pods of one object: those of its template, and those that its controller adds. */
export interface PodLabels {
  /** Labels that every pod has. */
  readonly shared: Labels;
  /** Keys that every pod has, with values that no manifest contains. Only a prefix of the value may be known. */
  readonly unknown: Labels;
  /** Labels that number the pods. */
  readonly numbered?: NumberedLabels;
}

/** Keys of labels with the number of a pod. */
export interface NumberedLabels {
  readonly first: number;
  /** Maximum number of numbered pods. */
  readonly count: number;
  readonly labelsOf: (ordinal: number) => Labels;
}

/**
 * The labels of the pods of an object.
 *
 * @param template labels of the template
 * @param most maximum number of pods; 0 means the labels that a first pod would have
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

/** @param named keys of labels with the name of the Job */
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
  // The API server adds no labels to the template of a Job with a selector of its own.
  if (manualSelector === true) return { shared: template, unknown: {}, ...numbered };
  return {
    shared: { ...template, ...named.shared },
    unknown: { ...named.unknown, 'controller-uid': '', 'batch.kubernetes.io/controller-uid': '' },
    ...numbered,
  };
}

/** The share of an object's pods that a selector matches. `unknown` if a value decides that no manifest contains. */
export type SelectedPods = 'every' | 'some' | 'none' | 'unknown';

/** With more numbered pods than this, they are not checked one by one. */
const mostNumbered = 10_000;

/** The share of the pods with these labels that a selector matches. */
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

/** Keys of labels with the number of a pod. */
export function numberedKeys({ first, labelsOf }: NumberedLabels): readonly string[] {
  return Object.keys(labelsOf(first));
}

/** The labels of each numbered pod. */
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

/** Whether a value with a known prefix meets a requirement. Undefined if the rest of the value decides. */
function ofUnknown({ operator, values }: SelectorRequirement, beginning: string): boolean | undefined {
  if (operator === 'Exists') return true;
  if (operator === 'DoesNotExist') return false;
  const isPossible = values.some((value) => value.startsWith(beginning));
  if (operator === 'In') return isPossible ? undefined : false;
  return isPossible ? undefined : true;
}
