import type { ReportSubject } from './report-subject';
import { type ReportTable, reportTable } from './report-table';

/** The accepted findings, with the dates of their acknowledgement and expiry. */
export function acknowledgementsTable({ deployment }: ReportSubject): ReportTable[] {
  if (deployment === undefined) return [];
  const { model, configured } = deployment;
  return reportTable({
    id: 'acknowledgements',
    title: 'Acknowledgements',
    about: ['The accepted findings. All other findings of the rules fail the synth.'],
    columns: ['Rule', 'Objects', 'Reason', 'Since', 'Expires'],
    rows: model.acknowledgements.map(({ rule, objects, reason, since, expires }, index) => [
      { text: rule, place: configured(['acknowledgements', index]) },
      objects.join(', '),
      reason,
      since ?? 'unknown',
      expires ?? 'never',
    ]),
  });
}
