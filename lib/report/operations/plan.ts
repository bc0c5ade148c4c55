import type { FieldDrift } from '../../operations/plan/drift';
import { phaseTitles } from '../../operations/plan/order';
import type { DeploymentPlan } from '../../operations/plan/plan';
import type { PlannedAction, PlannedObject } from '../../operations/plan/planned-object';
import type { PruneCandidate } from '../../operations/plan/prune';
import { refusalsOf } from '../../operations/plan/refusals';
import { commandOf, type OtherStep } from '../../operations/tools/other-step';
import { impactSections, type ReportedImpact, type TextOptions } from '../impact';
import { wrap } from '../wrap';

/** The content of a printed plan. */
export interface ReportedPlan {
  readonly plan: DeploymentPlan;
  /** The context and the version of the cluster: `production (v1.34.6+k3s1)`. */
  readonly cluster: string;
  readonly impact: ReportedImpact;
  /** The steps of other tools, with their commands, in order. */
  readonly others: readonly OtherStep[];
  /** Whether to leave out refused objects, because the caller prints them. @default the plan lists them */
  readonly omitsRefusals?: true;
}

const words: Readonly<Record<PlannedAction, string>> = {
  create: 'create',
  change: 'change',
  adopt: 'take over',
  rerun: 'run again',
  skip: 'skip',
  keep: 'keep',
};

/** Prints the plan for a terminal. */
export function planText(reported: ReportedPlan, look: TextOptions): string {
  const { plan, impact, others, omitsRefusals } = reported;
  const width = look.width ?? 100;
  const blocks = [
    [headline(reported)],
    steps(plan, others, look.all === true),
    impact.consequences.length === 0 ? [] : ['', ...impactSections(impact, look)],
    section(
      'Changed by other field managers since the last deployment',
      plan.objects.flatMap(driftLines),
      width,
    ),
    section('Taken over', plan.objects.flatMap(adoptionLines), width),
    section('No longer described', plan.prune.map(pruneLine), width),
    section('Refused', omitsRefusals ? [] : refusalsOf(plan), width),
  ];
  return `${blocks.flat().join('\n')}\n`;
}

function section(title: string, lines: readonly string[], width: number): string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.flatMap((line) => wrap(line, width, '  '))];
}

function headline({ plan, cluster }: ReportedPlan): string {
  const { objects, desired } = plan;
  const counts = (['create', 'change', 'adopt', 'rerun'] as const).flatMap((action) => {
    const count = objects.filter((each) => each.action === action).length;
    return count === 0 ? [] : [`${words[action]} ${count}`];
  });
  const kept = objects.filter(({ action }) => action === 'keep' || action === 'skip').length;
  const what = counts.length === 0 ? 'nothing to apply' : counts.join(', ');
  return `Plan for ${desired.name} on ${cluster}: ${what}; ${kept} of ${objects.length} objects stay as they are.`;
}

/** Numbers the steps in their order. Of a long step, only the first lines are printed. */
function steps({ objects }: DeploymentPlan, others: readonly OtherStep[], all: boolean): string[] {
  const written = objects.filter(({ action }) => action !== 'keep' && action !== 'skip');
  const phases = [...new Set(written.map(({ phase }) => phase))];
  const own = phases.map((phase) => ({
    title: `kubectl: ${phaseTitles[phase] ?? 'the workloads'}`,
    lines: written
      .filter((each) => each.phase === phase)
      .map(({ name, action }) => `${words[action]} ${name}`),
  }));
  const other = (wanted: OtherStep['when']) =>
    others
      .filter(({ when }) => when === wanted)
      .map((step) => ({ title: `${step.name}: ${commandOf(step)}`, lines: linesOf(step) }));
  return [...other('before'), ...own, ...other('after')].flatMap(({ title, lines }, index) => [
    '',
    `${index + 1}. ${title}`,
    ...(all || lines.length <= listed
      ? lines.map((line) => `   ${line}`)
      : [
          ...lines.slice(0, listed - 1).map((line) => `   ${line}`),
          `   and ${lines.length - listed + 1} more, which --verbose lists`,
        ]),
  ]);
}

function linesOf({ found, notAsked, thenByHand }: OtherStep): string[] {
  const open = notAsked === undefined ? [] : `not known: ${notAsked}`.split('\n');
  return [...open, ...found, ...(thenByHand === undefined ? [] : [`then: ${thenByHand}`])];
}

/** The maximum number of lines that are listed for a step. Further lines are counted. */
const listed = 10;

function driftLines({ name, drift }: PlannedObject): string[] {
  return drift.map((each) => `${name} ${driftText(each)}`);
}

/**
 * Formats a changed field: `spec.replicas 3 -> 5, by kubectl-edit at 2026-11-30T12:00:00Z: the deployment reverts the
 * change`
 */
export function driftText({ path, values, manager, time, outcome }: FieldDrift): string {
  const by = manager === '' ? 'by an unknown field manager' : `by ${manager}`;
  const at = time === '' ? '' : ` at ${time}`;
  const then =
    outcome === 'put back' ? 'the deployment reverts the change' : 'the deployment leaves the change';
  return `${path} ${values}, ${by}${at}: ${then}`;
}

function adoptionLines({ name, adoption }: PlannedObject): string[] {
  if (adoption === undefined || adoption.managers.length === 0) return [];
  const removed =
    adoption.removed.length === 0
      ? 'no field is removed'
      : `removes fields that are not in the manifest: ${adoption.removed.join(', ')}`;
  return [`${name} from ${adoption.managers.join(', ')}: ${removed}`];
}

function pruneLine({ name, takes, isKept }: PruneCandidate): string {
  if (isKept) return `${name}: kept, because it has an annotation that prevents pruning`;
  return takes === undefined
    ? `${name}: --prune deletes it`
    : `${name}: ${takes}. --prune-named '${name}' deletes it`;
}

/** The plan as JSON, as docs/deploy.md describes it. An incompatible change raises `version`. */
export function planJson({ plan, cluster, impact, others }: ReportedPlan) {
  return {
    version: 1,
    deployment: plan.desired.name,
    cluster,
    digest: plan.digest,
    objects: plan.objects.map(({ name, file, phase, action, drift, adoption, result }) => ({
      ...{ name, file, phase, action, drift },
      ...(adoption && { takenOver: { managers: adoption.managers, removed: adoption.removed } }),
      ...(result.kind === 'refused' && { refused: result.message }),
    })),
    steps: others.map((step) => ({
      ...{ tool: step.tool, name: step.name, when: step.when, found: step.found, command: commandOf(step) },
      ...(step.notAsked !== undefined && { notAsked: step.notAsked }),
      ...(step.thenByHand !== undefined && { thenByHand: step.thenByHand }),
    })),
    prune: plan.prune.map(({ name, takes, isKept }) => ({ name, takes: takes ?? '', isKept })),
    missingSecrets: plan.missingSecrets,
    consequences: impact.consequences.map((each) => ({ ...each, acknowledged: !impact.open.includes(each) })),
  };
}
