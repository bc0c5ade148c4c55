import { describeObject } from '../../kubernetes/objects/object-key';
import type { DeployedRevision } from './revision';

/** The revision to roll back to, or why there is none. */
export type RollbackTarget =
  | { readonly kind: 'found'; readonly revision: DeployedRevision }
  | { readonly kind: 'refused'; readonly message: string };

export interface RollbackChoice {
  /** The number of the revision. @default the revision that ran before the newest one */
  readonly number?: number | undefined;
  /** Whether older code may run although a newer migration has completed. */
  readonly acceptsSchema: boolean;
}

/**
 * Finds the revision to roll back to.
 *
 * @param revisions the newest first
 */
export function rollbackTarget(
  revisions: readonly DeployedRevision[],
  { number, acceptsSchema }: RollbackChoice,
): RollbackTarget {
  const target =
    number === undefined ? previous(revisions) : revisions.find((each) => each.number === number);
  if (target === undefined) {
    const known = revisions.map((each) => each.number).join(', ') || 'none';
    return {
      kind: 'refused',
      message:
        number === undefined
          ? `There is no earlier revision to go back to. Revisions in the cluster: ${known}.`
          : `Revision ${number} is not in the cluster, which keeps ${known}. To go back to a commit: npx honeydue rollback --to <commit>`,
    };
  }
  const moved = acceptsSchema ? [] : newerMigrations(revisions, target);
  if (moved.length === 0) return { kind: 'found', revision: target };
  return {
    kind: 'refused',
    message: `Revision ${target.number} is older than a completed migration (${moved.join(', ')}), which a rollback does not undo. If the code of revision ${target.number} works with the newer schema, run: npx honeydue rollback ${target.number} --accept-schema`,
  };
}

/**
 * The last revision that ran. If the newest one failed, that is the revision which is still deployed; otherwise the one
 * before the newest.
 */
function previous([latest, ...older]: readonly DeployedRevision[]): DeployedRevision | undefined {
  if (latest === undefined) return undefined;
  const ran = older.filter(({ state }) => state === 'deployed' || state === 'superseded');
  if (latest.state !== 'deployed') return ran[0];
  // After a rollback, the newest revision equals an older one: both are skipped, to go back one more revision.
  const [, earlier] = [latest, ...ran].filter(
    (each, index, all) => all.findIndex(({ digest }) => digest === each.digest) === index,
  );
  return earlier;
}

/** The migration Jobs that completed after a revision and that are not part of it. */
export function newerMigrations(
  revisions: readonly DeployedRevision[],
  target: Pick<DeployedRevision, 'number' | 'documents'>,
): string[] {
  const own = new Set(target.documents.map(({ object }) => describeObject(object)));
  const newer = revisions
    .filter(({ number }) => number > target.number)
    .flatMap(({ migrations }) => migrations);
  return [...new Set(newer)].filter((name) => !own.has(name)).sort();
}
