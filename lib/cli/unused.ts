import type { Rule } from '../analysis/rules/rule';
import type { Configuration } from '../deployment/config/load';
import type { Model } from '../deployment/model/model';
import { nearest } from '../documents/nearest';
import { type Problem, sortProblems } from '../input/problem';
import type { LocatedReport } from '../report/findings';

interface Examined extends Pick<Configuration, 'placeOf'> {
  readonly model: Model;
  readonly report: LocatedReport;
}

/** An acknowledgement without a finding is refused: it would hide the next one that nobody has thought about. */
export function unusedProblems({ model, report, placeOf }: Examined): Problem[] {
  const problems = report.unused.map(({ acknowledgement, object }) => {
    const { rule, objects = [] } = model.acknowledgements[acknowledgement] ?? { rule: '' };
    return {
      place: placeOf(['acknowledgements', acknowledgement, 'objects', object]),
      path: `acknowledgements[${acknowledgement}].objects[${object}]`,
      message: `${objects[object]} does not break ${rule}; ${wayOut(rule, report.ran)}`,
    };
  });
  return sortProblems(problems);
}

function wayOut(rule: string, ran: readonly Rule[]): string {
  const ids = ran.map(({ id }) => id);
  if (ids.includes(rule)) return 'remove it';
  const near = nearest(rule, ids);
  return `no rule is called so${near === undefined ? '; docs/rules.md lists them' : `; did you mean "${near}"?`}`;
}
