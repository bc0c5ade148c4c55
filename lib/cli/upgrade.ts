import { Command, InvalidArgumentError, Option } from 'commander';
import { impact } from '../analysis/impact/impact';
import { scriptedK3s } from '../analysis/impact/nodes/scripted-k3s';
import { endOfSupportRule } from '../deployment/checks/support-rule';
import { clusterNodes } from '../deployment/config/cluster-nodes';
import { k3sArchitectureOf } from '../deployment/config/schema/node-role';
import { topologyOf } from '../deployment/model/addresses';
import { formatProblem } from '../input/problem';
import { resolveK3s, unknownMinor, unknownPatch } from '../kubernetes/release/k3s-release';
import { upgradeProblem } from '../kubernetes/release/upgrade-path';
import { type RehearsedUpgrade, runbook } from '../report/runbook';
import { addConfigurationOptions } from './configuration-option';
import { outputOf } from './output';
import { addOutputOptions, type OutputOptions, resultOutput } from './output-options';
import { exitCodesHelp, type Surroundings, Unreadable } from './run';
import { CheckError, examine, type Synthesis } from './synthesize';
import { unusedOfDeployment } from './unused';

interface UpgradeFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly to: string;
  readonly from?: string;
}

/** `upgrade`: rehearses an upgrade of k3s, and prints the runbook. It changes nothing. */
export function upgradeCommand(surroundings: Surroundings): Command {
  const { root, columns } = surroundings;
  const command = addOutputOptions(new Command('upgrade'), ['text', 'json'], surroundings)
    .description(
      'Rehearses an upgrade of k3s: synthesizes for the new release, runs all checks, and prints the runbook.',
    )
    .addOption(
      new Option('--to <release>', 'the new release, such as v1.36.4+k3s1')
        .argParser(release)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--from <release>',
        'the release that runs before the upgrade (default: the one in the configuration)',
      ).argParser(release),
    );
  return addConfigurationOptions(command, root)
    .addHelpText(
      'after',
      exitCodesHelp('rehearsed', 'the configuration is refused, or has findings for the new release'),
    )
    .action((options: UpgradeFlags) => {
      const rehearsed = rehearse(options);
      const print = resultOutput(surroundings, options);
      print(
        options.format === 'json'
          ? `${JSON.stringify({ version: 1, ...rehearsed }, null, 2)}\n`
          : runbook(rehearsed, columns),
      );
    });
}

function release(text: string): string {
  if (!/^v\d+\.\d+\.\d+\+k3s\d+$/.test(text))
    throw new InvalidArgumentError('It must be a release such as v1.36.4+k3s1.');
  const problem = unknownMinor(text);
  if (problem !== undefined) throw new InvalidArgumentError(`It ${problem}.`);
  return text;
}

/**
 * Synthesizes for the current and for the new release, and compares both outputs.
 *
 * @param day the day that ends of support are compared with. @default today, in UTC
 * @throws Unreadable for an upgrade that k3s doesn't support
 * @throws CheckError for rules that are broken on the new release
 */
export function rehearse(
  { config, to, from: stated }: Pick<UpgradeFlags, 'config' | 'to' | 'from'>,
  day?: string,
): RehearsedUpgrade {
  const load = { allowExpired: true, ...(day !== undefined && { day }) };
  const base = examine(config, undefined, stated === undefined ? load : { ...load, k3s: stated });
  const from = base.model.k3s;
  if (from === to) throw new Unreadable(`The configuration already has ${to}: there is nothing to upgrade.`);
  const problem = upgradeProblem(from, to);
  if (problem !== undefined) throw new Unreadable(`${from} -> ${to}: ${problem.message}. ${problem.wayOut}.`);
  const head = examine(config, undefined, { ...load, k3s: to });
  // A step of the upgrade may use a minor version without support.
  const broken = head.report.open.filter(({ rule }) => rule.id !== endOfSupportRule.id);
  if (broken.length > 0) throw new CheckError(config, broken);
  const [before, after] = [outputOf(base), outputOf(head)];
  const { consequences } = impact(before, after, topologyOf(head.model), { nodes: clusterNodes(head.model) });
  return {
    from,
    to,
    config,
    nodes: scriptedK3s(after),
    unpinned: unpinned(head),
    // Left out, because the steps of the runbook list the changes of each script.
    consequences: consequences.filter(
      ({ side, class: kind, field }) => side !== 'nodes' || kind !== 'in place' || field === 'k3s_version',
    ),
    notes: notes(base, head),
  };
}

function unpinned({ model }: Synthesis): ('amd64' | 'arm64')[] {
  const architectures = new Set(Object.values(model.nodes).map(k3sArchitectureOf));
  return [...architectures].filter((each) => model.k3sSha256?.[model.k3s]?.[each] === undefined).sort();
}

/** Notes on unknown facts of the releases, and on acknowledgements that the new release doesn't need. */
function notes(base: Synthesis, head: Synthesis): string[] {
  const target = resolveK3s(head.model.k3s)?.release;
  const atLeast = target?.atLeast?.includes('helmController')
    ? [
        `The version of the helm-controller in ${target.k3s} is not known exactly: it is at least ${target.helmController}.`,
      ]
    : [];
  const open = head.model.unresolvedOfNodes.map(({ path }) => path);
  const before = unusedOfDeployment(base).map(formatProblem);
  return [
    ...[base, head].flatMap(({ model }) => unknownPatch(model.k3s) ?? []),
    ...atLeast,
    ...(open.length === 0
      ? []
      : [
          `The nodes' scripts change nothing while these values are unresolved: ${open.join(', ')} (npx honeydue unresolved).`,
        ]),
    ...unusedOfDeployment(head)
      .map(formatProblem)
      .filter((each) => !before.includes(each))
      .map((each) => `In the same change: ${each}.`),
  ];
}
