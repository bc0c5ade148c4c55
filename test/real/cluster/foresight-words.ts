import type { FailureOutcome } from '../../../lib/analysis/drill/outcome';
import { type ConsequenceClass, consequenceClasses } from '../../../lib/analysis/impact/consequence';
import type { ObservedEdit } from './edits/edit-run';
import type { RecordedFailure } from './failures/failure-run';
import type { ForeseenEdit } from './foresight';

/** Classes that say nothing of what runs. */
const quiet: readonly ConsequenceClass[] = ['in place', 'left behind'];

/** `fails: Deployment redis; restarts: Deployment api (with a gap)` */
export function edited({ consequences, gaps }: ForeseenEdit): string {
  const parts = consequenceClasses.flatMap((kind) => {
    if (quiet.includes(kind)) return [];
    const names = consequences.filter((each) => each.class === kind).map(({ object }) => object);
    const all = [...new Set(names)].map((name) =>
      kind === 'restarts' && gaps.has(name) ? `${short(name)} with a gap` : short(name),
    );
    return all.length === 0 ? [] : [`${kind}: ${listed(all)}`];
  });
  return parts.length === 0 ? 'nothing of what runs' : parts.join('; ');
}

export function observedWords({ server, words, effects }: ObservedEdit): string {
  const happened = Object.entries(effects).map(([name, effect]) => `${short(name)}: ${effect}`);
  if (server === 'refused') return [`refused: ${words}`, ...happened].join('; ');
  return happened.length === 0 ? 'accepted' : happened.join('; ');
}

export const failed = {
  guaranteed({ ready, of, running, completes, recovery }: FailureOutcome): string {
    const parts = [
      ready === undefined ? 'unknown' : `at least ${ready} of ${of} ready`,
      ...(running === undefined ? [] : [`at most ${running} run`]),
      ...(completes === undefined ? [] : [completes ? 'ends' : 'may never end']),
      { 'no downtime': 'no downtime', within: 'recovers', until: 'may not recover by itself' }[recovery.kind],
    ];
    return parts.join(', ');
  },
  seen({ least, of, completes, recovers }: RecordedFailure): string {
    const parts = [
      ...(least === undefined ? [] : [`${least} of ${of} ready`]),
      ...(completes === undefined ? [] : [completes ? 'ends' : 'does not end']),
      recovers ? 'recovers' : 'does not recover',
    ];
    return parts.join(', ');
  },
};

function short(name: string): string {
  return name.replace(' honeydue/', ' ');
}

/** A long list is counted. */
function listed(names: readonly string[]): string {
  return names.length <= 4
    ? names.join(', ')
    : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
