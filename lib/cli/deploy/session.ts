import type { ClusterConnection } from '../../operations/cluster/connection';
import { type DeployOutcome, runDeployment } from '../../operations/deploy/deploy';
import type { DesiredState } from '../../operations/plan/desired';
import { type DeploymentPlan, isUpToDate, makePlan } from '../../operations/plan/plan';
import { chosenForPrune } from '../../operations/plan/prune';
import { planDriftText, refusalsOf, wrongCluster } from '../../operations/plan/refusals';
import { planDrift, type SavedPlan } from '../../operations/plan/saved-plan';
import { recordCluster } from '../../operations/recorded-cluster';
import { OperationRefused } from '../../operations/refused';
import { DeploymentLock } from '../../operations/revisions/lock';
import { RevisionStore } from '../../operations/revisions/revision-store';
import type { OtherStep } from '../../operations/tools/other-step';
import { progressReporter } from '../../report/operations/deploy-progress';
import { planText } from '../../report/operations/plan';
import { resultOutput } from '../output-options';
import { type Surroundings, Unacknowledged } from '../run';
import { clusterName } from './cluster-options';
import { confirm } from './confirm';
import type { DeployFlags } from './flags';
import { fileWidth, recordOf, reportedImpact } from './plan-run';

/** The connection, the synthesis and the flags of one deployment. */
export interface DeploySession {
  readonly cluster: ClusterConnection;
  readonly desired: DesiredState;
  readonly saved: SavedPlan | undefined;
  readonly others: readonly OtherStep[];
  readonly flags: DeployFlags;
  readonly surroundings: Surroundings;
  readonly rollbackTo?: number;
}

/**
 * Runs a function while it holds the deployment lock.
 *
 * @throws OperationRefused while another process holds the lock
 */
export async function withLock(
  { cluster, desired, flags }: Pick<DeploySession, 'cluster' | 'desired' | 'flags'>,
  act: (lock: DeploymentLock) => Promise<void>,
): Promise<void> {
  const lock = await DeploymentLock.acquire(cluster.client, desired.name, {
    breaks: flags.breakLock === true,
  });
  try {
    await act(lock);
  } finally {
    await lock.release();
  }
}

/** @throws OperationRefused if the cluster is not the one of the configuration */
export function refuseWrongCluster({
  cluster,
  desired,
  flags,
}: Pick<DeploySession, 'cluster' | 'desired' | 'flags'>): void {
  const wrong = wrongCluster(desired, cluster.identity, cluster.context, recordOf(flags.config));
  if (wrong !== undefined) throw new OperationRefused(wrong);
}

/** Makes a plan, prints it, asks for a confirmation, and runs it. The caller holds the lock. */
export async function confirmed(
  session: DeploySession,
  carry: (plan: DeploymentPlan) => Promise<void>,
): Promise<void> {
  const { cluster, desired, flags, surroundings } = session;
  const print = resultOutput(surroundings, flags);
  const plan = await makePlan(cluster, desired);
  if (session.saved !== undefined) refuseDrift(session.saved, plan, cluster);
  const impact = reportedImpact(plan, flags.acknowledge);
  const { colour = false, columns: width = fileWidth } = surroundings;
  const look = { colour, width, all: flags.verbose === true };
  const reported = { plan, cluster: clusterName(cluster), impact, others: session.others };
  print(planText({ ...reported, omitsRefusals: true }, look));
  const refusals = refusalsOf(plan);
  if (refusals.length > 0) throw new OperationRefused(`${refusals.join('\n')}\nNothing was changed.`);
  refuseUnknownNames(plan, flags);
  if (isUpToDate(plan) && !willPrune(plan, flags) && session.others.length === 0) {
    await new RevisionStore(cluster.client, desired.name).trim();
    return;
  }
  if (impact.open.length > 0) {
    surroundings.stderr(
      `${impact.open.map((each) => `To accept this: --acknowledge '${each.class}:${each.object}'`).join('\n')}\n`,
    );
    throw new Unacknowledged();
  }
  await confirm(surroundings, flags.yes, {
    question: `Deploy to ${cluster.context}?`,
  });
  if (recordOf(flags.config).uid === undefined) recordCluster(flags.config, cluster.identity);
  await carry(plan);
}

/** Whether a run deletes something. */
export function willPrune({ prune }: DeploymentPlan, flags: DeployFlags): boolean {
  return chosenForPrune(prune, choiceOf(flags)).length > 0;
}

function choiceOf({ prune, pruneNamed }: DeployFlags) {
  return { all: prune === true, named: pruneNamed };
}

/** Runs the plan and prints the result. */
export async function carryOut(
  { cluster, flags, surroundings, rollbackTo }: DeploySession,
  plan: DeploymentPlan,
  lock: DeploymentLock,
): Promise<DeployOutcome> {
  const print = resultOutput(surroundings, flags);
  const { colour = false, columns } = surroundings;
  const reporter = progressReporter(print, {
    colour,
    isLive: columns !== undefined && flags.quiet !== true,
    width: columns ?? fileWidth,
    all: flags.verbose === true,
  });
  const outcome = await runDeployment(cluster, plan, lock, reporter, {
    prune: choiceOf(flags),
    patience: flags.patience * 1000,
    rollbackTo,
  });
  const { number } = outcome.revision;
  if (outcome.diagnoses.length === 0) print(`Revision ${number} of ${plan.desired.name} is deployed.\n`);
  return outcome;
}

function refuseDrift(saved: SavedPlan, plan: DeploymentPlan, { identity }: ClusterConnection): void {
  if (saved.cluster !== identity.uid)
    throw new OperationRefused(
      'The plan was made for another cluster. Make a new one: npx honeydue plan --out <file>',
    );
  if (saved.digest !== plan.digest)
    throw new OperationRefused(
      'The configuration has changed since the plan was made. Make a new one: npx honeydue plan --out <file>',
    );
  const drift = planDrift(saved, plan);
  if (drift.length === 0) return;
  throw new OperationRefused(
    `The cluster has changed since the plan was made at ${saved.made}:\n${drift.map((each) => `  ${planDriftText(each)}\n`).join('')}Nothing was changed. Make a new plan: npx honeydue plan --out <file>`,
  );
}

function refuseUnknownNames({ prune }: DeploymentPlan, { pruneNamed }: DeployFlags): void {
  const unknown = pruneNamed.filter((name) => !prune.some((each) => each.name === name && !each.isKept));
  if (unknown.length === 0) return;
  const known = prune.map(({ name }) => name).join(', ') || 'none';
  throw new OperationRefused(
    `--prune-named can't delete ${unknown.join(', ')}. It deletes only objects that an earlier revision applied and that are no longer in the manifests: ${known}.`,
  );
}
