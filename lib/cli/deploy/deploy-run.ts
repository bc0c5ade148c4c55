import { dirname } from 'node:path';
import { withCluster } from '../../operations/cluster/connection';
import type { DeployOutcome } from '../../operations/deploy/deploy';
import { checkedOutCommit } from '../../operations/origin';
import { isUpToDate, makePlan } from '../../operations/plan/plan';
import { readPlan } from '../../operations/plan/saved-plan';
import { OperationRefused } from '../../operations/refused';
import type { DeploymentLock } from '../../operations/revisions/lock';
import type { DeployedRevision } from '../../operations/revisions/revision';
import { RevisionStore } from '../../operations/revisions/revision-store';
import { rollbackTarget } from '../../operations/revisions/rollback-target';
import { applyTerraform } from '../../operations/tools/terraform-apply';
import { resultOutput } from '../output-options';
import { Findings, type Surroundings } from '../run';
import { desiredState } from './cluster-options';
import type { DeployFlags } from './flags';
import { applyNodes, leftCommands, otherSteps, refuseUnknown } from './other-steps';
import { outputOfConfiguration, resolvedSynthesis } from './plan-run';
import { carryOut, confirmed, type DeploySession, refuseWrongCluster, willPrune, withLock } from './session';

/** Deploys the configuration. */
export async function runDeploy(
  file: string | undefined,
  flags: DeployFlags,
  surroundings: Surroundings,
): Promise<void> {
  const { config, context } = flags;
  const saved = file === undefined ? undefined : readPlan(file);
  const synthesis = resolvedSynthesis(surroundings.root, config, flags.allowExpired === true);
  const desired = desiredState(synthesis, await checkedOutCommit(dirname(config)));
  const out = outputOfConfiguration(surroundings.root, config);
  const print = resultOutput(surroundings, flags);
  await withCluster({ context }, async (cluster) => {
    refuseWrongCluster({ cluster, desired, flags });
    const others = await otherSteps(synthesis, out, flags.with);
    refuseUnknown(others);
    const session: DeploySession = { cluster, desired, saved, others, flags, surroundings };
    await withLock(session, (lock) =>
      confirmed(session, async (plan) => {
        await applyTerraform(others, 'before', flags.yes === true);
        await applyNodes(synthesis.files, others, (line) => print(`${line}\n`));
        if (!isUpToDate(plan) || willPrune(plan, flags)) {
          const outcome = await carryOut(session, plan, lock);
          if (outcome.diagnoses.length > 0) return afterFailure(session, outcome, lock);
        }
        await applyTerraform(others, 'after', flags.yes === true);
      }),
    );
    const left = leftCommands(synthesis, out, flags.with);
    if (left.length > 0)
      print(
        `This run left these tools out. Their commands show the differences:\n${left.map((line) => `  ${line}\n`).join('')}`,
      );
  });
}

/** Prints the command of the rollback, or rolls back if a flag asks for it. */
async function afterFailure(
  session: DeploySession,
  { revision }: DeployOutcome,
  lock: DeploymentLock,
): Promise<void> {
  const { cluster, desired, flags, surroundings } = session;
  const revisions = await new RevisionStore(cluster.client, desired.name).list();
  const target = rollbackTarget(revisions, { acceptsSchema: flags.acceptSchema === true });
  if (flags.rollbackOnFailure && target.kind === 'found') {
    surroundings.stderr(
      `\nRevision ${revision.number} failed: going back to revision ${target.revision.number}.\n`,
    );
    await rollBackTo({ ...session, rollbackTo: target.revision.number }, target.revision, lock);
    throw new Findings();
  }
  const next = target.kind === 'found' ? 'To roll back: npx honeydue rollback' : target.message;
  throw new OperationRefused(`\nRevision ${revision.number} failed. ${next}`);
}

/** Deploys the manifests of a revision. The caller holds the lock. */
export async function rollBackTo(
  session: DeploySession,
  revision: DeployedRevision,
  lock: DeploymentLock,
): Promise<void> {
  const { documents, commit, isDirty } = revision;
  const desired = { ...session.desired, documents, origin: { commit, isDirty }, skipsJobs: true };
  const plan = await makePlan(session.cluster, desired);
  const { diagnoses } = await carryOut({ ...session, desired }, plan, lock);
  if (diagnoses.length > 0) throw new Findings();
}
