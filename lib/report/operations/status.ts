import type { FailureOutcome } from '../../analysis/drill/outcome';
import type { DeploymentPlan } from '../../operations/plan/plan';
import type { RevisionRecord } from '../../operations/revisions/revision';
import type { DegradedStatus, DeploymentStatus, WorkloadStatus } from '../../operations/status/status';
import type { TextOptions } from '../impact';
import { paint } from '../paint';
import { describeTable } from '../table';
import { wrap } from '../wrap';
import { driftText } from './plan';

/** The content of a printed status. */
export interface ReportedStatus {
  readonly status: DeploymentStatus;
  readonly plan: DeploymentPlan;
  /** The context and the version of the cluster: `production (v1.34.6+k3s1)`. */
  readonly cluster: string;
  /** The SSH alias of each node, by its name in the cluster. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** The maximum number of entries that are listed. Further entries are counted. */
const listed = 5;

/** Prints the status for a terminal. It fits on one screen if there are no problems. */
export function statusText({ status, plan, cluster, aliases }: ReportedStatus, look: TextOptions): string {
  const { colour = false, width = 100, all = false } = look;
  const red = (text: string) => (colour ? paint(['bold', 'red'], text) : text);
  const drift = plan.objects.flatMap(({ name, drift: own }) =>
    own.map((each) => `${name} ${driftText(each)}`),
  );
  const lines = [
    `${plan.desired.name} on ${cluster}`,
    '',
    ...workloadTable(status.workloads, width),
    ...status.workloads.flatMap(({ object, reasons }) =>
      reasons.flatMap((text) => wrap(`${red('!')} ${object}: ${text}`, width, '  ')),
    ),
    '',
    ...status.nodes.map(({ name, isReady, isCordoned, version, since }) =>
      `Node ${name}${aliasText(aliases[name])}: ${isReady ? 'ready' : red(`not ready since ${since}`)}${isCordoned ? ', cordoned' : ''} ${version}`.trimEnd(),
    ),
    ...status.certificates.map(({ secret, problem, days }) =>
      problem === '' ? `Certificate ${secret}: ${days} days left` : red(`Certificate ${secret}: ${problem}`),
    ),
    ...status.backups.map(({ object, lastSuccess }) =>
      lastSuccess === '' ? red(`${object}: no run has succeeded`) : `${object}: last success ${lastSuccess}`,
    ),
    ...list(
      'Differs from the configuration (npx honeydue plan lists the differences)',
      status.differing,
      all,
    ),
    ...list('Changed by other field managers', drift, all),
    ...list('Runs, but is not in the configuration', status.unknown, all),
    ...list('Not read', status.unread, all),
    ...list('Revisions', status.revisions.map(revisionLine), all),
    ...degradedLines(status.degraded, aliases),
  ];
  return `${lines.join('\n')}\n`;
}

function aliasText(alias: string | undefined): string {
  return alias === undefined ? '' : ` (${alias})`;
}

function workloadTable(workloads: readonly WorkloadStatus[], width: number): string[] {
  const column = (head: string, cells: readonly string[]) => ({ head, cells });
  return describeTable(
    column(
      'workload',
      workloads.map(({ object }) => object),
    ),
    [
      column(
        'state',
        workloads.map(({ progress }) => progress),
      ),
      column(
        'restarts',
        workloads.map(({ restarts }) => String(restarts)),
      ),
      column(
        'since',
        workloads.map(({ since }) => since),
      ),
      column(
        'image',
        workloads.map(({ images }) => images.map(shortImage).join(', ')),
      ),
    ],
    width,
  );
}

/** Shortens `registry/group/api:v1@sha256:0123…` to `api:v1`. */
function shortImage(image: string): string {
  return (image.split('@')[0] ?? image).split('/').at(-1) ?? image;
}

function list(title: string, items: readonly string[], all: boolean): string[] {
  if (items.length === 0) return [];
  const shown = all || items.length <= listed ? items : items.slice(0, listed);
  const more = items.length - shown.length;
  return [
    '',
    `${title}:`,
    ...shown.map((item) => `  ${item}`),
    ...(more === 0 ? [] : [`  and ${more} more, which --verbose lists`]),
  ];
}

/** Formats a revision: `3 deployed 2026-11-30T12:00:00.000Z by anna@laptop, commit 0123456` */
function revisionLine({
  number,
  state,
  started,
  finished,
  by,
  commit,
  isDirty,
  rollbackTo,
}: RevisionRecord): string {
  const origin =
    commit === '' ? 'no commit' : `commit ${commit.slice(0, 7)}${isDirty ? ' with changes' : ''}`;
  const back = rollbackTo === undefined ? '' : `, back to revision ${rollbackTo}`;
  return `${number} ${state} ${finished || started} by ${by}, ${origin}${back}`;
}

/**
 * Prints the guarantees that remain while nodes are down, the effect of one more lost node, and the commands to
 * recover.
 */
function degradedLines(degraded: DegradedStatus | undefined, aliases: ReportedStatus['aliases']): string[] {
  if (degraded === undefined) return [];
  const { away, now, next } = degraded;
  return [
    '',
    `${away.join(', ')} ${away.length === 1 ? 'is' : 'are'} down. Guarantees that remain, for any placement by the scheduler:`,
    ...now.map((each) => `  ${outcomeText(each)}`),
    'If one more node is lost:',
    ...next.map((each) => `  ${outcomeText(each)}`),
    'What to do (docs/nodes.md):',
    ...away.flatMap((name) => runbook(name, aliases[name]).map((line) => `  ${line}`)),
  ];
}

function outcomeText({ workload, ready, of, recovery, lacks }: FailureOutcome): string {
  const count = ready === undefined ? 'unknown' : `${ready} of ${of} ready`;
  const until = recovery.kind === 'until' ? `, until ${recovery.event}` : '';
  return `${workload}: ${count}${until}${lacks.length === 0 ? '' : `, without ${lacks.join(', ')}`}`;
}

/** The commands of docs/nodes.md with the names of this cluster. */
function runbook(name: string, alias = name): string[] {
  return [
    `ssh ${alias} sudo journalctl -u k3s -n 50    # does the node answer, and why is k3s not running?`,
    `hcloud server reset ${alias}    # only if the node does not answer`,
    `kubectl wait --for=condition=Ready node/${name} --timeout=10m`,
    `kubectl uncordon ${name}    # if it was cordoned`,
    `kubectl delete node ${name}    # only if the data of the node is lost: the next command then joins the node again`,
    `ssh ${alias} sudo bash -s < dist/nodes/${alias}.sh`,
  ];
}
