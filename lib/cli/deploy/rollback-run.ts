import { dirname } from 'node:path';
import { loadConfiguration } from '../../deployment/config/load';
import { createModel } from '../../deployment/model/model';
import { readOutput } from '../../input/output';
import { findRevision, RevisionError, withRevision } from '../../input/revision';
import { withCluster } from '../../operations/cluster/connection';
import { checkedOutCommit } from '../../operations/origin';
import { OperationRefused } from '../../operations/refused';
import type { DeployedRevision } from '../../operations/revisions/revision';
import { RevisionStore } from '../../operations/revisions/revision-store';
import { rollbackTarget } from '../../operations/revisions/rollback-target';
import { Findings, type Surroundings, Unreadable } from '../run';
import { desiredState } from './cluster-options';
import type { RollbackFlags } from './flags';
import { carryOut, confirmed, refuseWrongCluster, withLock } from './session';

/** Rolls back to a revision or to a commit. */
export async function runRollback(
  argument: string | undefined,
  flags: RollbackFlags,
  surroundings: Surroundings,
): Promise<void> {
  const { config, context, to } = flags;
  const { root } = surroundings;
  const model = createModel(loadConfiguration(config, { allowExpired: true }));
  const number = numberOf(argument, to);
  const own = desiredState({ model, documents: [] }, await checkedOutCommit(dirname(config)));
  await withCluster({ context }, async (cluster) => {
    refuseWrongCluster({ cluster, desired: own, flags });
    const store = new RevisionStore(cluster.client, own.name);
    // The synthesis comes before the lock, because it takes longer than a lock lasts without renewal.
    const isKept = to === undefined || keptCommit(root, to, await store.list()) !== undefined;
    const synthesized = isKept ? undefined : synthesizedTarget(root, to ?? '', flags);
    await withLock({ cluster, desired: own, flags }, async (lock) => {
      const target = synthesized ?? keptTarget(root, await store.list(), number, flags);
      const { documents, commit, isDirty } = target;
      const desired = { ...own, documents, origin: { commit, isDirty }, skipsJobs: true };
      const session = {
        ...{ cluster, desired, saved: undefined, others: [], flags, surroundings },
        ...(target.number !== undefined && { rollbackTo: target.number }),
      };
      await confirmed(session, async (plan) => {
        const { diagnoses } = await carryOut(session, plan, lock);
        if (diagnoses.length > 0) throw new Findings();
      });
    });
  });
}

/** The manifests that a rollback applies. */
type RollbackManifests = Pick<DeployedRevision, 'documents' | 'commit' | 'isDirty'> &
  Partial<Pick<DeployedRevision, 'number'>>;

/**
 * @throws OperationRefused if there is no such revision, or if a migration has changed the database schema since
 * then
 */
function keptTarget(
  root: string,
  revisions: readonly DeployedRevision[],
  number: number | undefined,
  { to, acceptSchema }: RollbackFlags,
): RollbackManifests {
  const wanted = to === undefined ? number : keptCommit(root, to, revisions);
  const target = rollbackTarget(revisions, { number: wanted, acceptsSchema: acceptSchema === true });
  if (target.kind === 'found') return target.revision;
  throw new OperationRefused(target.message);
}

/** The latest revision of a commit. A revision with uncommitted files is not one of the commit. */
function keptCommit(root: string, to: string, revisions: readonly DeployedRevision[]): number | undefined {
  const wanted = commitOf(root, to);
  const kept = revisions.filter(({ commit, isDirty }) => commit !== '' && !isDirty);
  return kept.find(({ commit }) => commit.startsWith(wanted))?.number;
}

/** The full hash of a commit. Outside of a clone, the argument is returned as it is. */
function commitOf(root: string, to: string): string {
  try {
    return findRevision(root, to).commit;
  } catch (error) {
    if (error instanceof RevisionError) return to;
    throw error;
  }
}

/**
 * Synthesizes the manifests of a commit without a revision, with the code of that commit.
 *
 * @throws OperationRefused without --accept-schema
 */
function synthesizedTarget(
  root: string,
  to: string,
  { config, acceptSchema }: RollbackFlags,
): RollbackManifests {
  try {
    const revision = findRevision(root, to);
    if (acceptSchema !== true)
      throw new OperationRefused(
        `The cluster stores no revision of ${to}: the migrations that ran after ${to} are unknown. If the code of ${to} works on the current database schema, add --accept-schema.`,
      );
    const output = withRevision(root, revision, config, (directory) => readOutput(directory));
    return { documents: output.objects, commit: revision.commit, isDirty: false };
  } catch (error) {
    if (error instanceof RevisionError) throw new Unreadable(error.message);
    throw error;
  }
}

function numberOf(argument: string | undefined, to: string | undefined): number | undefined {
  if (argument === undefined) return undefined;
  if (to !== undefined) throw new Unreadable('Both a revision and --to are set: set only one of them.');
  if (/^[1-9]\d*$/.test(argument)) return Number(argument);
  throw new Unreadable(
    `${argument} is not the number of a revision: npx honeydue status lists the revisions. To select a commit, use --to.`,
  );
}
