import { describeObject } from '../../kubernetes/objects/object-key';
import type { DeployedRevision } from './revision';

/** Which revision a rollback goes back to, or why none. */
export type RollbackTarget =
  | { readonly kind: 'found'; readonly revision: DeployedRevision }
  | { readonly kind: 'refused'; readonly message: string };

export interface RollbackChoice {
  /** A number. @default what ran before the latest revision */
  readonly number?: number | undefined;
  /** Older code may run although a newer migration has completed. */
  readonly acceptsSchema: boolean;
}

/**
 * Finds the revision to go back to.
 *
 * @param revisions the latest first
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
          ? `No revision ran before: the cluster keeps ${known}.`
          : `Revision ${number} is not kept: the cluster keeps ${known}. --to <commit> goes back to a commit.`,
    };
  }
  const moved = acceptsSchema ? [] : newerMigrations(revisions, target);
  if (moved.length === 0) return { kind: 'found', revision: target };
  return {
    kind: 'refused',
    message: `Revision ${target.number} is older than a migration that has completed (${moved.join(', ')}), and a migration is not undone. If its code works on the newer schema: npx honeydue rollback ${target.number} --accept-schema`,
  };
}

/** What ran before: of a failed latest revision the one that is still deployed, otherwise the one before it. */
function previous([latest, ...older]: readonly DeployedRevision[]): DeployedRevision | undefined {
  if (latest === undefined) return undefined;
  const ran = older.filter(({ state }) => state === 'deployed' || state === 'superseded');
  if (latest.state !== 'deployed') return ran[0];
  // A rollback is followed by what ran before the revision that it went back to.
  const [, earlier] = [latest, ...ran].filter(
    (each, index, all) => all.findIndex(({ digest }) => digest === each.digest) === index,
  );
  return earlier;
}

/** The Jobs that completed after a revision, and that it did not run itself. */
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
