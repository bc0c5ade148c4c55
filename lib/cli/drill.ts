import { Command, Option } from 'commander';
import { assumptions } from '../analysis/drill/assumptions';
import { Drill } from '../analysis/drill/drill';
import type { Failure } from '../analysis/drill/failure';
import { drillJson, type PlaceOf } from '../analysis/drill/json';
import { brokenPromises, describeField } from '../analysis/drill/promises';
import { drillFacts } from '../deployment/checks/drill-facts';
import { ConfigError, sortProblems } from '../input/problem';
import { formatPath } from '../input/source';
import { Manifests } from '../kubernetes/manifests';
import { drillText } from '../report/drill';
import { failureText } from '../report/drill-failure';
import { ManifestLines } from '../report/manifest-lines';
import { configurationOption } from './configuration-option';
import { exitCodesHelp, type Surroundings, Unreadable } from './run';
import { CheckError, examine, type Synthesis } from './synthesize';

interface Options {
  readonly config: string;
  readonly json?: true;
  readonly assert?: true;
}

/** `drill`: plays every failure through, and says what the manifests guarantee then. */
export function drillCommand({ root, columns, colour = false, stdout }: Surroundings): Command {
  return new Command('drill')
    .description(
      'Says what every failure would cost: what the manifests guarantee, and what goes down for how long.',
    )
    .argument('[when]', 'tell everything about one failure, such as node-lost')
    .addOption(configurationOption(root))
    .option('--json', 'print the outcomes and guarantees as JSON')
    .addOption(
      new Option(
        '--assert',
        "hold the manifests against the configuration's promises, and print nothing else",
      ).conflicts('json'),
    )
    .addHelpText(
      'after',
      `\nAssumed (docs/drill.md says more):\n${assumptions.map((each) => `  - ${each}\n`).join('')}${exitCodesHelp('success', 'the configuration is refused, or a promise is not kept')}`,
    )
    .action((when: string | undefined, { config, json, assert }: Options) => {
      if (when !== undefined && (json || assert))
        throw new Unreadable(`${when} is told as text alone: leave it out, or the option.`);
      const synthesis = examine(config);
      const broken = synthesis.report.open.filter(({ rule }) => rule.id !== 'promises');
      if (broken.length > 0) throw new CheckError(broken);
      const files = new Map(synthesis.documents.map(({ object, file }) => [object, file]));
      const manifests = new Manifests([...files.keys()]);
      const drill = new Drill(manifests, drillFacts(synthesis.model));
      const lines = new ManifestLines(new Map(synthesis.files.map(({ path, text }) => [path, text])));
      const placeOf: PlaceOf = ({ object, path }) => {
        const file = files.get(manifests.sourceOf(object));
        return file === undefined ? undefined : { file, line: lines.lineOf(file, object, path) };
      };
      if (assert) stdout(assertPromises(drill, synthesis));
      else if (json) stdout(`${JSON.stringify(drillJson(drill, placeOf), null, 2)}\n`);
      else if (when !== undefined) stdout(failureText(drill, failureOf(drill, when), placeOf));
      else stdout(drillText(drill, placeOf, { colour, width: columns }));
    });
}

/** @throws Unreadable for what no failure is called */
function failureOf({ failures }: Drill, id: string): Failure {
  const found = failures.find((failure) => failure.id === id);
  if (found !== undefined) return found;
  throw new Unreadable(`${id} is no failure; there are ${failures.map((failure) => failure.id).join(', ')}`);
}

/** @throws ConfigError with the place of every promise that isn't kept */
function assertPromises(drill: Drill, { model, placeOf }: Synthesis): string {
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
  if (promises.length === 0) return 'Nothing is promised: state promises in the configuration.\n';
  const count = promises.length === 1 ? 'The promise is' : `All ${promises.length} promises are`;
  return `${count} kept.\n`;
}
