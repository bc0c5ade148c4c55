import { dirname, parse } from 'node:path';
import { withCluster } from '../../operations/cluster/connection';
import { checkedOutCommit } from '../../operations/origin';
import { type DeploymentPlan, makePlan } from '../../operations/plan/plan';
import { refusalsOf, wrongCluster } from '../../operations/plan/refusals';
import { savePlan } from '../../operations/plan/saved-plan';
import { clusterFile, recordedCluster } from '../../operations/recorded-cluster';
import { OperationRefused } from '../../operations/refused';
import { fileChanges } from '../../output/changes';
import { replaceFile } from '../../output/replace';
import type { ReportedImpact } from '../../report/impact';
import { planJson, planText, type ReportedPlan } from '../../report/operations/plan';
import { type AcknowledgedConsequence, held } from '../acknowledge';
import { configurationFlag, outputDirectory } from '../configuration-option';
import { resultOutput } from '../output-options';
import { type Surroundings, Unacknowledged } from '../run';
import { refuseUnresolved } from '../synth';
import { type Synthesis, synthesize } from '../synthesize';
import { clusterName, desiredState } from './cluster-options';
import type { PlanFlags } from './flags';
import { otherSteps } from './other-steps';

/** The line width in a file or a log. */
export const fileWidth = 110;

/** Makes the plan, prints it and saves it. */
export async function runPlan(flags: PlanFlags, surroundings: Surroundings): Promise<void> {
  const { config, context, out, acknowledge, format, verbose, ssh, terraform } = flags;
  const { root, columns = fileWidth, colour = false } = surroundings;
  const synthesis = resolvedSynthesis(root, config, false);
  const desired = desiredState(synthesis, await checkedOutCommit(dirname(config)));
  await withCluster({ context }, async (cluster) => {
    const wrong = wrongCluster(desired, cluster.identity, cluster.context, recordOf(config));
    if (wrong !== undefined) throw new OperationRefused(wrong);
    const plan = await makePlan(cluster, desired);
    const reported: ReportedPlan = {
      plan,
      cluster: clusterName(cluster),
      impact: reportedImpact(plan, acknowledge),
      others: await otherSteps(synthesis, outputOfConfiguration(root, config), [
        ...(terraform ? (['terraform'] as const) : []),
        ...(ssh === true ? (['nodes'] as const) : []),
      ]),
    };
    const print = resultOutput(surroundings, flags);
    if (format === 'json') print(`${JSON.stringify(planJson(reported), null, 2)}\n`);
    else print(planText(reported, { colour, width: columns, all: verbose === true }));
    if (refusalsOf(plan).length > 0)
      throw new OperationRefused('The plan can’t be deployed until the cause of each refusal is corrected.');
    if (out !== undefined) {
      replaceFile(out, `${JSON.stringify(savePlan(plan, cluster.identity.uid), null, 2)}\n`, fileChanges);
      if (format === 'text') print(`\nSaved: npx honeydue deploy ${out}\n`);
    }
    if (reported.impact.open.length > 0) throw new Unacknowledged();
  });
}

/** The number of values that are listed. More values are counted. */
const listedValues = 10;

/**
 * Synthesizes a configuration that has no unresolved values.
 *
 * @throws ConfigError with each unresolved value, or OperationRefused with their number if there are more than
 * `listedValues`
 */
export function resolvedSynthesis(root: string, config: string, allowExpired: boolean): Synthesis {
  const synthesis = synthesize(config, undefined, { allowExpired });
  const { length } = synthesis.model.unresolved;
  if (length > listedValues)
    throw new OperationRefused(
      `${length} values of the manifests are unresolved. npx honeydue unresolved${configurationFlag(root, config)} lists them, with the command that finds out each. Nothing was changed.`,
    );
  refuseUnresolved(synthesis);
  return synthesis;
}

/** The default output directory of a configuration. */
export function outputOfConfiguration(root: string, config: string): string {
  return outputDirectory(root, parse(config).name);
}

/** The recorded identity of a configuration's cluster, and the file that has it. */
export function recordOf(config: string): { readonly uid: string | undefined; readonly file: string } {
  return { uid: recordedCluster(config), file: clusterFile(config) };
}

/** The impact of a plan, with its acknowledgements. */
export function reportedImpact(
  { impact, desired }: DeploymentPlan,
  acknowledge: readonly AcknowledgedConsequence[],
): ReportedImpact {
  return { ...impact, base: 'what runs', head: desired.name, ...held(impact.consequences, acknowledge) };
}
