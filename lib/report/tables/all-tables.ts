import { acknowledgementsTable } from './acknowledgements';
import { capacityTable } from './capacity';
import { costTables } from './costs';
import { failuresTable } from './failures';
import { firewallTable } from './firewall';
import { flowsTable } from './flows';
import { guaranteesTable } from './guarantees';
import { hostsTable } from './hosts';
import { nodesTable } from './nodes';
import { quickFactsTable } from './quick-facts';
import type { ReportSubject } from './report-subject';
import type { ReportTable } from './report-table';
import { resourcesTable } from './resources';
import { secretsTable } from './secrets';
import { servicesTable } from './services';
import { versionsTable } from './versions';

/** The tables in the order of the report. */
const tables: readonly ((subject: ReportSubject) => ReportTable[])[] = [
  quickFactsTable,
  nodesTable,
  servicesTable,
  resourcesTable,
  capacityTable,
  hostsTable,
  flowsTable,
  firewallTable,
  failuresTable,
  guaranteesTable,
  secretsTable,
  versionsTable,
  acknowledgementsTable,
  costTables,
];

/** All tables that have at least one row. */
export function reportTables(subject: ReportSubject): ReportTable[] {
  return tables.flatMap((table) => table(subject));
}
