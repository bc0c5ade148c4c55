import { failuresTable } from './failures';
import { flowsTable } from './flows';
import { guaranteesTable } from './guarantees';
import type { ReportSubject } from './report-subject';
import type { ReportTable } from './report-table';
import { resourcesTable } from './resources';
import { secretsTable } from './secrets';
import { servicesTable } from './services';

/** The tables in the order of the report. */
const tables: readonly ((subject: ReportSubject) => ReportTable[])[] = [
  servicesTable,
  resourcesTable,
  flowsTable,
  failuresTable,
  guaranteesTable,
  secretsTable,
];

/** Every table that has a row. */
export function reportTables(subject: ReportSubject): ReportTable[] {
  return tables.flatMap((table) => table(subject));
}
