import { Command, Option } from 'commander';
import { stepsOf } from '../checks/path';
import { rules } from '../checks/rules';
import { unresolvedValue } from '../checks/rules/unresolved-value';
import { run } from '../checks/run';
import { readLocatedManifests } from '../config/documents';
import { ConfigError } from '../config/problem';
import { findingsText, type LocatedReport, reportJson, reportSummary } from '../report/findings';
import { sarif } from '../report/sarif';
import { Findings, type Surroundings, Unreadable } from './run';
import { defaultConfiguration } from './synth';
import { examine } from './synthesize';
import { refuseUnused } from './unused';

interface Options {
  readonly config: string;
  readonly format: 'text' | 'json' | 'sarif';
  readonly all?: true;
}

/** `check`: holds manifests against every rule, whoever wrote them. */
export function checkCommand({ root, stdout }: Surroundings): Command {
  return new Command('check')
    .description('Holds manifests against every rule: the deployment, or files of any origin.')
    .argument('[files...]', 'manifests to check instead of the deployment; - reads standard input')
    .option('--config <file>', 'the deployment to read', defaultConfiguration(root))
    .addOption(
      new Option('--format <format>', 'how to print findings')
        .choices(['text', 'json', 'sarif'])
        .default('text'),
    )
    .option('--all', 'tell every finding in full, and not only a screenful')
    .addHelpText('after', '\nExit codes: 0 no findings; 1 findings; 2 could not run.')
    .action((files: string[], { config, format, all }: Options) => {
      const report = files.length > 0 ? checkFiles(files) : checkDeployment(config);
      stdout(print(report, format, all === true));
      if (report.open.length > 0) throw new Findings();
    });
}

function print(report: LocatedReport, format: Options['format'], all: boolean): string {
  if (format === 'json') return `${JSON.stringify(reportJson(report), null, 2)}\n`;
  if (format === 'sarif') return `${JSON.stringify(sarif(report, report.ran), null, 2)}\n`;
  const text = report.open.length === 0 ? '' : `${findingsText(report.open, all ? Infinity : undefined)}\n`;
  return text + reportSummary(report, all);
}

/** Everything that the configuration makes, with what it acknowledges. */
function checkDeployment(config: string): LocatedReport {
  const synthesis = examine(config);
  if (synthesis.report.open.length === 0) refuseUnused(synthesis);
  return synthesis.report;
}

/** @throws Unreadable for what is no manifest: that is not a finding, it hides all of them */
function checkFiles(files: readonly string[]): LocatedReport {
  const located = read(files);
  const places = new Map(located.map(({ object, placeOf }) => [object, placeOf]));
  const objects = [...places.keys()];
  const report = run(objects, [...rules, unresolvedValue]);
  const open = report.open.map((finding) => ({
    ...finding,
    place: finding.source && places.get(finding.source)?.(stepsOf(finding.path)),
  }));
  return { ...report, open };
}

function read(files: readonly string[]) {
  try {
    const found = readLocatedManifests(files);
    // What renders them may have failed.
    if (found.length === 0) throw new Unreadable(`no Kubernetes object is in ${files.join(', ')}`);
    return found;
  } catch (error) {
    if (error instanceof ConfigError) throw new Unreadable(error.message);
    throw error;
  }
}
