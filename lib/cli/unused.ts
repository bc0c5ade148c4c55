import type { Rule } from '../analysis/rules/rule';
import type { Configuration } from '../deployment/config/load';
import type { Model } from '../deployment/model/model';
import { nearest } from '../documents/nearest';
import { type Place, type Problem, sortProblems } from '../input/problem';
import type { Path } from '../input/source';
import type { LocatedReport } from '../report/findings';

/** A run with acknowledgements: the acknowledgements, the findings, and the places of the acknowledgements. */
interface Acknowledging {
  readonly acknowledgements: Model['acknowledgements'];
  readonly report: LocatedReport;
  /** Returns the place of a value in the list of acknowledgements. */
  readonly placeOf: (path: Path) => Place;
  /** The path of that list in its file, such as `acknowledgements`. */
  readonly path: string;
}

/**
 * An acknowledgement without a finding is an error: it would hide a later finding that was never reviewed.
 */
export function unusedProblems({ acknowledgements, report, placeOf, path }: Acknowledging): Problem[] {
  const problems = report.unused.map(({ acknowledgement, object }) => {
    const { rule, objects = [] } = acknowledgements[acknowledgement] ?? { rule: '' };
    return {
      place: placeOf([acknowledgement, 'objects', object]),
      path: `${path}[${acknowledgement}].objects[${object}]`,
      message: `${objects[object]} has no finding of ${rule}; ${wayOut(rule, report.ran)}`,
    };
  });
  return sortProblems(problems);
}

function wayOut(rule: string, ran: readonly Rule[]): string {
  const ids = ran.map(({ id }) => id);
  if (ids.includes(rule)) return 'remove it';
  const near = nearest(rule, ids);
  return `there is no such rule${near === undefined ? '; docs/rules.md lists them' : `; did you mean "${near}"?`}`;
}

/** Like `unusedProblems`, for the acknowledgements in a deployment's configuration. */
export function unusedOfDeployment({ model, report, placeOf }: Examined): Problem[] {
  return unusedProblems({
    acknowledgements: model.acknowledgements,
    report,
    placeOf: (path) => placeOf(['acknowledgements', ...path]),
    path: 'acknowledgements',
  });
}

interface Examined extends Pick<Configuration, 'placeOf'> {
  readonly model: Model;
  readonly report: LocatedReport;
}
