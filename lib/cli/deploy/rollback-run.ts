import { dirname } from 'node:path';
import { loadConfiguration } from '../../deployment/config/load';
import { createModel } from '../../deployment/model/model';
import { readOutput } from '../../input/output';
import { findRevision, RevisionError, withRevision } from '../../input/revision';
import { withCluster } from '../../operations/cluster/connection';
import { checkedOutCommit } from '../../operations/origin';
import { OperationRefused } from '../../operations/refused';
import type { StoredDocument } from '../../operations/revisions/revision';
import { RevisionStore } from '../../operations/revisions/revision-store';
import { rollbackTarget } from '../../operations/revisions/rollback-target';
import { Findings, type Surroundings, Unreadable } from '../run';
import { desiredState } from './cluster-options';
import { carryOut, inSession } from './deploy-run';
import type { RollbackFlags } from './flags';

/** Goes back to a revision or to a commit. */
export async function runRollback(
  argument: string | undefined,
  flags: RollbackFlags,
  surroundings: Surroundings,
): Promise<void> {
  const { config, context, to } = flags;
  const model = createModel(loadConfiguration(config, { allowExpired: true }));
  const number = numberOf(argument, to);
  const own = desiredState({ model, documents: [] }, await checkedOutCommit(dirname(config)));
  await withCluster({ context }, async (cluster) => {
    const revisions = await new RevisionStore(cluster.client, own.name).list();
    const wanted =
      to === undefined
        ? number
        : revisions.find(({ commit }) => commit !== '' && commit.startsWith(to))?.number;
    const synthesized =
      to !== undefined && wanted === undefined ? documentsOf(surroundings.root, to, config) : undefined;
    const target = rollbackTarget(revisions, { number: wanted, acceptsSchema: flags.acceptSchema === true });
    if (synthesized === undefined && target.kind === 'refused') throw new OperationRefused(target.message);
    const revision = target.kind === 'found' ? target.revision : undefined;
    const { documents, commit } = synthesized ?? {
      documents: revision?.documents ?? [],
      commit: revision?.commit ?? '',
    };
    if (synthesized !== undefined && flags.acceptSchema !== true)
      throw new OperationRefused(
        `The cluster keeps no revision of ${to}, so that it is not known which migrations ran after it. If its code works on the schema of now, add --accept-schema.`,
      );
    const desired = {
      ...own,
      documents,
      origin: { commit, isDirty: revision?.isDirty ?? false },
      skipsJobs: true,
    };
    const rollbackTo = synthesized === undefined ? revision?.number : undefined;
    const session = {
      cluster,
      desired,
      saved: undefined,
      others: [],
      flags,
      surroundings,
      ...(rollbackTo !== undefined && { rollbackTo }),
    };
    await inSession(session, async (plan, lock) => {
      const { diagnoses } = await carryOut(session, plan, lock);
      if (diagnoses.length > 0) throw new Findings();
    });
  });
}

function numberOf(argument: string | undefined, to: string | undefined): number | undefined {
  if (argument === undefined) return undefined;
  if (to !== undefined) throw new Unreadable('A revision and --to are both stated: state one of them.');
  if (/^[1-9]\d*$/.test(argument)) return Number(argument);
  throw new Unreadable(
    `${argument} is not the number of a revision: npx honeydue status lists them. A commit goes with --to.`,
  );
}

/** The manifests of a commit, synthesized with its own code. */
function documentsOf(
  root: string,
  ref: string,
  config: string,
): { readonly documents: readonly StoredDocument[]; readonly commit: string } {
  try {
    const revision = findRevision(root, ref);
    const output = withRevision(root, revision, config, (directory) => readOutput(directory));
    return { documents: output.objects, commit: revision.commit };
  } catch (error) {
    if (error instanceof RevisionError) throw new Unreadable(error.message);
    throw error;
  }
}
