import { impact, readManifests } from '@honeydue/infrastructure';

/** What breaks when the manifests of one directory are applied over those of another. */
export function damage(base: string, head: string): string[] {
  const { consequences } = impact(readManifests([base]), readManifests([head]));
  return consequences
    .filter((each) => each.class === 'lost' || each.class === 'fails')
    .map(({ class: kind, object, field, reason, wayOut }) =>
      [`${kind}: ${object} ${field}`.trimEnd(), reason, wayOut].filter((line) => line !== '').join('\n'),
    );
}
