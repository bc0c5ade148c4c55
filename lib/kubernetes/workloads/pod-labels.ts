import type { JobSpec, LabelSelector, StatefulSetSpec } from '../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../documents/kubernetes';
import { kindOf } from '../objects/object-key';
import { type Labels, matches } from './selector';

/** The label with a hash of the pod template, which is different for each revision of a Deployment. */
export const templateHashLabel = 'pod-template-hash';

/** Pod labels with the name of the Job. `job-name` is the older name of the label. */
export const jobNameLabels = ['job-name', 'batch.kubernetes.io/job-name'] as const;

/** The labels of the pods of one object: those of the pod template, and those that the controller adds. */
export interface PodLabels {
  /** Labels that every pod has with the same value. */
  readonly shared: Labels;
  /** Labels that every pod has with an unknown value. The value here is the known prefix, which may be empty. */
  readonly unknown: Labels;
  /** Labels that contain the ordinal of a pod. */
  readonly numbered?: NumberedLabels;
}

/** Labels that contain the ordinal of a pod, as a StatefulSet and an indexed Job set them. */
export interface NumberedLabels {
  readonly first: number;
  /** Maximum number of pods with an ordinal. */
  readonly count: number;
  readonly labelsOf: (ordinal: number) => Labels;
}

/**
 * The labels of the pods of an object.
 *
 * @param template the labels of the pod template
 * @param most the maximum number of pods; for 0, the labels that a first pod would have
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
      // A CronJob names each Job after itself and the time of the run.
      return labelsOfJob(jobTemplate?.spec, template, { shared: {}, unknown: jobName(`${name}-`) });
    }
    default:
      return { shared: template, unknown: {} };
  }
}

function jobName(value: string): Labels {
  return Object.fromEntries(jobNameLabels.map((key) => [key, value]));
}

/**
 * @param named labels that contain the name of the Job
 */
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
  // If a Job sets manualSelector, the API server adds no labels to its pod template.
  if (manualSelector === true) return { shared: template, unknown: {}, ...numbered };
  return {
    shared: { ...template, ...named.shared },
    unknown: { ...named.unknown, 'controller-uid': '', 'batch.kubernetes.io/controller-uid': '' },
    ...numbered,
  };
}

/**
 * Which of an object's pods a selector matches. `unknown` if the answer depends on a label value that no manifest
 * contains.
 */
export type SelectedPods = 'every' | 'some' | 'none' | 'unknown';

/** The maximum number of pods that are checked one by one. */
const mostNumbered = 10_000;

/** Which of the pods with these labels a selector matches. */
export function selectedPods(
  selector: LabelSelector,
  { shared, unknown, numbered }: PodLabels,
): SelectedPods {
  const requirements = requirementsOf(selector);
  const about = requirements.filter(({ key }) => Object.hasOwn(unknown, key));
  const isNumbered =
    numbered !== undefined && requirements.some(({ key }) => numberedKeys(numbered).includes(key));
  if (about.length === 0 && !isNumbered) return matches(selector, shared) ? 'every' : 'none';
  const answers = about.map((each) => meetsWithPrefix(each, unknown[each.key] ?? ''));
  if (answers.includes(false)) return 'none';
  const known = { matchExpressions: requirements.filter((each) => !about.includes(each)) };
  const all = isNumbered ? numberedLabels(numbered) : [{}];
  const found = all.filter((own) => matches(known, { ...shared, ...own })).length;
  if (found === 0) return 'none';
  if (answers.includes(undefined)) return 'unknown';
  return found === all.length ? 'every' : 'some';
}

/** The keys of the labels that contain the ordinal of a pod. */
export function numberedKeys({ first, labelsOf }: NumberedLabels): readonly string[] {
  return Object.keys(labelsOf(first));
}

/** The labels of each pod with an ordinal, one entry for each pod. */
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

/**
 * Whether a label value with a known prefix and an unknown rest meets a requirement. Undefined if the answer
 * depends on the
 * rest of the value.
 */
function meetsWithPrefix({ operator, values }: SelectorRequirement, beginning: string): boolean | undefined {
  if (operator === 'Exists') return true;
  if (operator === 'DoesNotExist') return false;
  const isPossible = values.some((value) => value.startsWith(beginning));
  if (operator === 'In') return isPossible ? undefined : false;
  return isPossible ? undefined : true;
}
