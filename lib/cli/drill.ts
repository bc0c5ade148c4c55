import { Command } from 'commander';
import { drillAssumptions } from '../analysis/drill/assumptions';
import { Drill } from '../analysis/drill/drill';
import { drillReport, type PlaceOf } from '../analysis/drill/drill-report';
import { type Failure, isFailureId } from '../analysis/drill/failure';
import { brokenPromises, describeField } from '../analysis/drill/promises';
import { drillFacts } from '../deployment/checks/drill-facts';
import { readLocatedManifests } from '../input/documents';
import { namesManifests } from '../input/manifest-files';
import { ConfigError, sortProblems } from '../input/problem';
import { formatPath } from '../input/source';
import { podKinds } from '../kubernetes/kinds';
import { drillText } from '../report/drill';
import { failureText } from '../report/drill-failure';
import { addConfigurationOptions } from './configuration-option';
import { addNodeOptions, type NodeOptions, refuseNodes, statedNodes } from './node-options';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from './output-options';
import { placesInFiles, placesInOutput } from './report/manifest-places';
import { exitCodesHelp, reading, type Surroundings, Unreadable } from './run';
import { CheckError, examine, type Synthesis } from './synthesize';

interface DrillFlags extends NodeOptions, OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly assert?: true;
}

/** `drill`: simulates every failure, and prints what the manifests guarantee. */
export function drillCommand(surroundings: Surroundings): Command {
  const { root, columns, colour = false } = surroundings;
  const command = addOutputOptions(new Command('drill'), ['text', 'json'], surroundings)
    .description(
      'Simulates every failure: what the manifests guarantee, which workloads go down, and for how long.',
    )
    .argument(
      '[files or failure...]',
      'manifest files or directories to drill instead of the configuration (- is standard input), and a failure to print in full, such as node-lost',
    );
  return addNodeOptions(addConfigurationOptions(command, root))
    .option('--assert', "check the manifests against the configuration's promises, and print nothing else")
    .addHelpText(
      'after',
      `\nAssumed (docs/drill.md says more):\n${drillAssumptions.map((each) => `  - ${each}\n`).join('')}${exitCodesHelp('success', 'the configuration is refused, or a promise is not kept')}`,
    )
    .action((args: string[], options: DrillFlags) => {
      const isFile = (each: string) => !isFailureId(each) && namesManifests(each);
      const [files, [when, ...more]] = [args.filter(isFile), args.filter((each) => !isFile(each))];
      if (more.length > 0)
        throw new Unreadable(`${when} and ${more.join(', ')}: name one failure at a time.`);
      if (when !== undefined && (options.format === 'json' || options.assert))
        throw new Unreadable(
          `A single failure is printed as text only: remove ${when}, or remove --format json and --assert.`,
        );
      if (options.format === 'json' && options.assert)
        throw new Unreadable('--assert prints text only: remove --assert or --format json.');
      const stdout = resultOutput(surroundings, options);
      progressOf(surroundings, options)(`Drilling ${files.length > 0 ? files.join(', ') : options.config}`);
      const drilled = files.length > 0 ? drillFiles(files, options) : drillDeployment(options);
      const { drill, placeOf, assumed } = drilled;
      if (options.assert) stdout(assertPromises(drilled));
      else if (options.format === 'json')
        stdout(`${JSON.stringify(drillReport(drill, placeOf, assumed), null, 2)}\n`);
      else if (drill.workloads.length === 0)
        stdout(`The input has no workloads. A drill needs at least one of: ${podKinds.join(', ')}.\n`);
      else {
        for (const each of assumed) stdout(`${each}\n`);
        if (assumed.length > 0) stdout('\n');
        stdout(
          when === undefined
            ? drillText(drill, placeOf, { colour, width: columns })
            : failureText(drill, failureOf(drill, when), placeOf),
        );
        if (options.verbose && when === undefined)
          for (const failure of drill.failures) stdout(`\n${failureText(drill, failure, placeOf)}`);
      }
    });
}

/** A drill, the lines of its manifests, and the assumptions about facts that no option sets. */
interface Drilled {
  readonly drill: Drill;
  readonly placeOf: PlaceOf;
  readonly assumed: readonly string[];
  /** Set if the manifests come from a configuration. */
  readonly synthesis?: Synthesis;
}

/** @throws CheckError for a deployment that breaks a rule other than `promises` */
function drillDeployment({ config, ...options }: DrillFlags): Drilled {
  refuseNodes(options);
  const synthesis = examine(config, undefined, { allowExpired: true });
  const broken = synthesis.report.open.filter(({ rule }) => rule.id !== 'promises');
  if (broken.length > 0) throw new CheckError(config, broken);
  const drill = Drill.of(
    synthesis.documents.map(({ object }) => object),
    drillFacts(synthesis.model),
  );
  const placeOf = placesInOutput(synthesis, drill);
  return { drill, placeOf, assumed: [], synthesis };
}

/** @throws Unreadable for a file that is not a manifest */
function drillFiles(files: readonly string[], { assert, ...options }: DrillFlags): Drilled {
  if (assert)
    throw new Unreadable(
      '--assert checks the promises of a configuration, but files have no promises: remove --assert.',
    );
  const located = reading(() => readLocatedManifests(files));
  if (located.length === 0)
    throw new Unreadable(
      `No Kubernetes object in ${files.join(', ')}. Name files or directories with manifests.`,
    );
  const { nodes, assumed } = statedNodes(options);
  const drill = Drill.of(
    located.map(({ object }) => object),
    { nodes },
  );
  const placeOf = placesInFiles(located, drill);
  return { drill, placeOf, assumed };
}

/** @throws Unreadable for an unknown failure */
function failureOf({ failures }: Drill, id: string): Failure {
  const found = failures.find((failure) => failure.id === id);
  if (found !== undefined) return found;
  throw new Unreadable(
    `${id} is not a failure; the failures are ${failures.map((failure) => failure.id).join(', ')}`,
  );
}

/** @throws ConfigError with the place of every broken promise */
function assertPromises({ drill, synthesis }: Drilled): string {
  if (synthesis === undefined) return '';
  const { model, placeOf } = synthesis;
  const { promises } = model;
  const broken = brokenPromises(drill, promises);
  if (broken.length > 0) {
    const problems = broken.map(({ path, field, message }) => {
      const place = ['promises', ...path];
      const lever = field === undefined ? '' : `; see ${describeField(field)}`;
      return { place: placeOf(place), path: formatPath(place), message: `${message}${lever}` };
    });
    throw new ConfigError(sortProblems(problems));
  }
  if (promises.length === 0) return 'The configuration has no promises: add them under `promises`.\n';
  const count = promises.length === 1 ? 'The promise is' : `All ${promises.length} promises are`;
  return `${count} kept.\n`;
}
