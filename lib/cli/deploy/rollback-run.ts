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

/** Goes back to a revision or to a commit. */
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
    // A synthesis takes longer than a lock lasts without renewal: it comes before the lock.
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

/** What a rollback goes back to. */
type RollbackManifests = Pick<DeployedRevision, 'documents' | 'commit' | 'isDirty'> &
  Partial<Pick<DeployedRevision, 'number'>>;

/** @throws OperationRefused if there is no such revision, or the schema has moved since */
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

/** The latest revision of a commit. One with changed files is not what that commit describes. */
function keptCommit(root: string, to: string, revisions: readonly DeployedRevision[]): number | undefined {
  const wanted = commitOf(root, to);
  const kept = revisions.filter(({ commit, isDirty }) => commit !== '' && !isDirty);
  return kept.find(({ commit }) => commit.startsWith(wanted))?.number;
}

/** The whole name of a commit; outside of a clone it is known as far as it is stated. */
function commitOf(root: string, to: string): string {
  try {
    return findRevision(root, to).commit;
  } catch (error) {
    if (error instanceof RevisionError) return to;
    throw error;
  }
}

/**
 * The manifests of a commit that no revision keeps, synthesized with its own code.
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
        `The cluster keeps no revision of ${to}, so that it is not known which migrations ran after it. If its code works on the schema of now, add --accept-schema.`,
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
  if (to !== undefined) throw new Unreadable('A revision and --to are both stated: state one of them.');
  if (/^[1-9]\d*$/.test(argument)) return Number(argument);
  throw new Unreadable(
    `${argument} is not the number of a revision: npx honeydue status lists them. A commit goes with --to.`,
  );
}
