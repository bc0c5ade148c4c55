import { Command, Option } from 'commander';
import { rules } from '../analysis/rules';
import { unresolvedValue } from '../analysis/rules/objects/unresolved-value';
import { run } from '../analysis/rules/run';
import { readLocatedManifests } from '../input/documents';
import { ConfigError, type Problem } from '../input/problem';
import { stepsOf } from '../kubernetes/path';
import { findingsText, type LocatedReport, reportJson, reportSummary } from '../report/findings';
import { sarif } from '../report/sarif';
import { configurationOption } from './configuration-option';
import { exitCodesHelp, Findings, reading, type Surroundings, Unreadable } from './run';
import { examine } from './synthesize';
import { unusedProblems } from './unused';

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
    .addOption(configurationOption(root))
    .addOption(
      new Option('--format <format>', 'how to print findings')
        .choices(['text', 'json', 'sarif'])
        .default('text'),
    )
    .option('--all', 'tell every finding in full, and not only a screenful')
    .addHelpText('after', exitCodesHelp('no findings', 'findings, or a configuration that is refused'))
    .action((files: string[], { config, format, all }: Options) => {
      const { report, unused } = files.length > 0 ? checkFiles(files) : checkDeployment(config);
      stdout(print(report, format, all === true));
      if (unused.length > 0) throw new ConfigError(unused);
      if (report.open.length > 0) throw new Findings();
    });
}

function print(report: LocatedReport, format: Options['format'], all: boolean): string {
  if (format === 'json') return `${JSON.stringify(reportJson(report), null, 2)}\n`;
  if (format === 'sarif') return `${JSON.stringify(sarif(report, report.ran), null, 2)}\n`;
  const text = report.open.length === 0 ? '' : `${findingsText(report.open, all ? Infinity : undefined)}\n`;
  return text + reportSummary(report, all);
}

interface Checked {
  readonly report: LocatedReport;
  /** Acknowledgements that meet nothing. */
  readonly unused: readonly Problem[];
}

/** Everything that the configuration makes, with what it acknowledges. */
function checkDeployment(config: string): Checked {
  const synthesis = examine(config);
  return { report: synthesis.report, unused: unusedProblems(synthesis) };
}

/** @throws Unreadable for what is no manifest: that is not a finding, it hides all of them */
function checkFiles(files: readonly string[]): Checked {
  const located = read(files);
  const places = new Map(located.map(({ object, placeOf }) => [object, placeOf]));
  const objects = [...places.keys()];
  const report = run(objects, [...rules, unresolvedValue]);
  const open = report.open.map((finding) => ({
    ...finding,
    place: finding.source && places.get(finding.source)?.(stepsOf(finding.path)),
  }));
  return { report: { ...report, open }, unused: [] };
}

function read(files: readonly string[]) {
  const found = reading(() => readLocatedManifests(files));
  // What renders them may have failed.
  if (found.length === 0) throw new Unreadable(`no Kubernetes object is in ${files.join(', ')}`);
  return found;
}
