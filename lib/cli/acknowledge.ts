import { InvalidArgumentError, Option } from 'commander';
import { type Consequence, type ConsequenceClass, consequenceClasses } from '../analysis/impact/consequence';
import type { ReportedImpact } from '../report/impact';

/** A consequence that the user accepts. */
export interface AcknowledgedConsequence {
  readonly class: ConsequenceClass;
  readonly object: string;
}

function acknowledgement(
  text: string,
  before: readonly AcknowledgedConsequence[],
): AcknowledgedConsequence[] {
  const colon = text.indexOf(':');
  const kind = consequenceClasses.find((each) => each === text.slice(0, Math.max(colon, 0)).trim());
  const object = text.slice(colon + 1).trim();
  if (kind === undefined || object === '')
    throw new InvalidArgumentError(
      `It must be a class and an object, such as 'lost:PersistentVolumeClaim shop/data'; classes are ${consequenceClasses.join(', ')}.`,
    );
  return [...before, { class: kind, object }];
}

/** Returns the consequences without an acknowledgement, and the acknowledgements that match no consequence. */
export function held(
  consequences: readonly Consequence[],
  acknowledgements: readonly AcknowledgedConsequence[],
): Pick<ReportedImpact, 'open' | 'unused'> {
  const meets = (each: Consequence, { class: kind, object }: AcknowledgedConsequence) =>
    each.class === kind && each.object === object;
  return {
    open: consequences.filter(
      (each) =>
        (each.class === 'lost' || each.class === 'fails') &&
        !acknowledgements.some((acknowledged) => meets(each, acknowledged)),
    ),
    unused: acknowledgements
      .filter((acknowledged) => !consequences.some((each) => meets(each, acknowledged)))
      .map(({ class: kind, object }) => `${kind}:${object}`),
  };
}

/** The option `--acknowledge`. It may be repeated. */
export function acknowledgeOption(): Option {
  return new Option(
    '--acknowledge <class:object>',
    "accept that an object is lost or fails, such as 'lost:PersistentVolumeClaim shop/data'; may be repeated",
  )
    .argParser(acknowledgement)
    .default([], 'none');
}
