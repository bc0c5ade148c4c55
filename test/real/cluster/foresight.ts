import { join } from 'node:path';
import type { Consequence } from '../../../lib/analysis/impact/consequence';
import { impact } from '../../../lib/analysis/impact/impact';
import { Objects, objectChanges } from '../../../lib/analysis/impact/kubernetes/objects';
import { rolloutOf } from '../../../lib/analysis/impact/kubernetes/workloads/rollout';
import type { Output } from '../../../lib/documents/output';
import type { Topology } from '../../../lib/documents/topology';
import type { Node } from '../../../lib/kubernetes/scheduling/node';
import type { Effect, ObservedEdit } from './edits/edit-run';

const record = (name: string) => join(__dirname, 'observed', `${name}.json`);

/** What the servers did, by the case's name. The lane writes them: `npm run test:cluster -- foresight -u`. */
export const observedFiles = {
  applies: record('applies'),
  edits: record('edits'),
  failures: record('failures'),
};

/** What `impact` says of an edit. */
export interface ForeseenEdit {
  readonly consequences: readonly Consequence[];
  /** Objects whose restart is said to leave a time in which nothing answers. */
  readonly gaps: ReadonlySet<string>;
}

export function foreseenEdit(
  base: Output,
  head: Output,
  topology: Topology,
  nodes: readonly Node[],
): ForeseenEdit {
  const { consequences } = impact(base, head, topology, { nodes });
  const { changed, head: after } = objectChanges(new Objects(base), new Objects(head));
  const isRestarted = (name: string) =>
    consequences.some((each) => each.class === 'restarts' && each.object === name);
  const gaps = changed
    .filter((each) => isRestarted(each.name) && rolloutOf(each, after)?.hasGap === true)
    .map(({ name }) => name);
  return { consequences: consequences.filter(({ side }) => side === 'kubernetes'), gaps: new Set(gaps) };
}

/** What the servers did and `impact` did not say, or said and did not happen; empty where they agree. */
export function differences(foreseen: ForeseenEdit, { server, effects }: ObservedEdit): string[] {
  const { consequences } = foreseen;
  const isSaid = (name: string, ...classes: Consequence['class'][]) =>
    consequences.some((each) => each.object === name && classes.includes(each.class));
  const missed = Object.entries(effects)
    .filter(([name, effect]) => !isForeseen(name, effect, foreseen, isSaid))
    .map(([name, effect]) => `missed: ${name} ${effect}`);
  const isStuck = Object.values(effects).some((effect) => effect.startsWith('stuck'));
  const fails = consequences.some((each) => each.class === 'fails');
  return [
    ...(server === 'refused' && !fails ? ['missed: the refusal'] : []),
    ...missed,
    ...(server === 'accepted' && !isStuck && fails ? ['false alarm: it does not fail'] : []),
  ];
}

type IsSaid = (name: string, ...classes: Consequence['class'][]) => boolean;

/** Whether what happened is no worse than what was said. */
function isForeseen(name: string, effect: Effect, { gaps }: ForeseenEdit, isSaid: IsSaid): boolean {
  if (name.startsWith('Service ')) {
    const pods = name.replace('Service ', 'Deployment ');
    return gaps.has(pods) || isSaid(name, 'cut off', 'lost') || isSaid(pods, 'cut off', 'fails', 'lost');
  }
  if (effect.startsWith('stuck')) return isSaid(name, 'fails', 'lost');
  if (isSaid(name, 'lost', 'fails', 'cut off')) return true;
  switch (effect) {
    case 'outage':
    case 'ended':
      return gaps.has(name);
    case 'fewer':
    case 'restarted':
      return isSaid(name, 'restarts');
    case 'scaled down':
    case 'scaled up':
      return isSaid(name, 'in place', 'exposed', 'restarts');
    default:
      return false;
  }
}
