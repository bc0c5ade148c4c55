import { dirname } from 'node:path';
import { drillFacts } from '../../deployment/checks/drill-facts';
import { withCluster } from '../../operations/cluster/connection';
import { checkedOutCommit } from '../../operations/origin';
import { makePlan } from '../../operations/plan/plan';
import { wrongCluster } from '../../operations/plan/refusals';
import { OperationRefused } from '../../operations/refused';
import { readStatus } from '../../operations/status/status';
import { statusText } from '../../report/operations/status';
import { resultOutput } from '../output-options';
import { Findings, type Surroundings } from '../run';
import { synthesize } from '../synthesize';
import { clusterName, desiredState } from './cluster-options';
import type { StatusFlags } from './flags';
import { fileWidth, recordOf } from './plan-run';

/** Reads and prints what runs. Fields with unresolved values are reported as differences. */
export async function runStatus(flags: StatusFlags, surroundings: Surroundings): Promise<void> {
  const { config, context, format, verbose } = flags;
  const { colour = false, columns: width = fileWidth } = surroundings;
  const synthesis = synthesize(config, undefined, { allowExpired: true });
  const desired = desiredState(synthesis, await checkedOutCommit(dirname(config)));
  await withCluster({ context }, async (cluster) => {
    const wrong = wrongCluster(desired, cluster.identity, cluster.context, recordOf(config));
    if (wrong !== undefined) throw new OperationRefused(wrong);
    const plan = await makePlan(cluster, desired);
    const { secrets, imagePullSecret } = synthesis.model;
    const facts = drillFacts(synthesis.model);
    const status = await readStatus(cluster, plan, { facts, secrets, imagePullSecret });
    const print = resultOutput(surroundings, flags);
    const aliases = Object.fromEntries(
      Object.entries(synthesis.model.nodes).map(([alias, { hostname }]) => [hostname, alias]),
    );
    if (format === 'json') print(`${JSON.stringify({ version: 1, ...status }, null, 2)}\n`);
    else {
      const reported = { status, plan, cluster: clusterName(cluster), aliases };
      print(statusText(reported, { colour, width, all: verbose === true }));
    }
    if (!status.workloads.every(({ isAvailable }) => isAvailable) || status.degraded !== undefined)
      throw new Findings();
  });
}
