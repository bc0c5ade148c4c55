import { Command } from 'commander';
import { Manifests } from '../checks/manifests';
import { ConfigError, sortProblems } from '../config/problem';
import { formatPath } from '../config/source';
import { drillFacts } from '../deployment/drill-facts';
import type { KubernetesObject } from '../documents/kubernetes';
import { assumptions } from '../drill/assumptions';
import { Drill } from '../drill/drill';
import { drillJson } from '../drill/json';
import { brokenPromises, describeField } from '../drill/promises';
import { drillText } from '../report/drill';
import { exitCodesHelp, type Surroundings } from './run';
import { defaultConfiguration } from './synth';
import { CheckError, examine, type Synthesis } from './synthesize';

interface Options {
  readonly config: string;
  readonly json?: true;
  readonly assert?: true;
}

/** `drill`: plays every failure through, and says what the manifests guarantee then. */
export function drillCommand({ root, stdout }: Surroundings): Command {
  return new Command('drill')
    .description(
      'Says what every failure would cost: what the manifests guarantee, and what goes down for how long.',
    )
    .option('--config <file>', 'the deployment to read', defaultConfiguration(root))
    .option('--json', 'print the outcomes and guarantees as JSON')
    .option('--assert', "hold the manifests against the configuration's promises, and print nothing else")
    .addHelpText(
      'after',
      `\nAssumed (docs/drill.md says more):\n${assumptions.map((each) => `  - ${each}\n`).join('')}${exitCodesHelp}`,
    )
    .action(({ config, json, assert }: Options) => {
      const synthesis = examine(config);
      const broken = synthesis.report.open.filter(({ rule }) => rule.id !== 'promises');
      if (broken.length > 0) throw new CheckError(broken);
      const files = new Map(synthesis.documents.map(({ object, file }) => [object, file]));
      const manifests = new Manifests([...files.keys()]);
      const drill = new Drill(manifests, drillFacts(synthesis.model));
      const fileOf = (object: KubernetesObject) => files.get(manifests.sourceOf(object));
      if (assert) stdout(assertPromises(drill, synthesis));
      else stdout(json ? `${JSON.stringify(drillJson(drill, fileOf), null, 2)}\n` : drillText(drill, fileOf));
    });
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
