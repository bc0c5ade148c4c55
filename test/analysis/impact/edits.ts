import { network } from './edits/network';
import type { ProductionEdit } from './edits/production-edit';
import { quiet } from './edits/quiet';
import { resources } from './edits/resources';
import { servers } from './edits/servers';
import { terraform } from './edits/terraform';
import { workloads } from './edits/workloads';

export type { ProductionEdit } from './edits/production-edit';

export const productionEdits: readonly ProductionEdit[] = [
  ...workloads,
  ...network,
  ...servers,
  ...resources,
  ...quiet,
  ...terraform,
];
