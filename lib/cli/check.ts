import { Command, InvalidArgumentError, Option } from 'commander';
import { rules } from '../analysis/rules';
import { unresolvedValue } from '../analysis/rules/objects/unresolved-value';
import { type Severity, severities } from '../analysis/rules/rule';
import { run } from '../analysis/rules/run';
import { loadAcknowledgements } from '../deployment/config/acknowledgements';
import { shownFile } from '../deployment/config/environment/read';
import { didYouMean } from '../documents/nearest';
import { readLocatedManifests } from '../input/documents';
import { ConfigError, type Problem } from '../input/problem';
import { readText } from '../input/text';
import { stepsOf } from '../kubernetes/path';
import { addMinor, knownMinors } from '../kubernetes/release/known-minors';
import { fileChanges } from '../output/changes';
import { replaceFile } from '../output/replace';
import { type Baseline, compareWithBaseline, parseBaseline, printBaseline } from '../report/baseline';
import {
  acceptanceText,
  findingsText,
  type LocatedFinding,
  type LocatedReport,
  reportJson,
  reportSummary,
} from '../report/findings';
import { sarif } from '../report/sarif';
import { addConfigurationOptions, nameOf } from './configuration-option';
import { addNodeOptions, type NodeOptions, refuseNodes, statedNodes, statesNodes } from './node-options';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from './output-options';
import { exitCodesHelp, Findings, reading, type Surroundings, Unreadable } from './run';
import { examine } from './synthesize';
import { unusedOfDeployment, unusedProblems } from './unused';

interface CheckFlags extends NodeOptions, OutputOptions<'text' | 'json' | 'sarif'> {
  readonly config: string;
  readonly ignore: readonly string[];
  readonly severity: Severity;
  readonly acknowledgements?: string;
  readonly baseline?: string;
  readonly kubernetes?: string;
  readonly updateBaseline?: true;
}

/** `check`: checks manifests of any origin against all rules. */
export function checkCommand(surroundings: Surroundings): Command {
  const command = addOutputOptions(new Command('check'), ['text', 'json', 'sarif'], surroundings)
    .description('Checks manifests against all rules: those of the deployment, or files of any origin.')
    .argument(
      '[files...]',
      'manifest files or directories to check instead of the configuration; - is standard input',
    )
    .addOption(
      new Option('--ignore <rule>', 'leave a rule out; may be repeated').argParser(ruleIds).default([]),
    )
    .addOption(
      new Option('--severity <severity>', 'report findings of this severity and above')
        .choices(severities)
        .default('low'),
    )
    .addOption(
      new Option(
        '--acknowledgements <file>',
        'accept the findings that a YAML file lists, each with its reason',
      ) //
        .argParser(nameOf('a file')),
    )
    .addOption(
      new Option('--baseline <file>', 'report no finding that this file names') //
        .argParser(nameOf('a file')),
    )
    .addOption(
      new Option(
        '--kubernetes <minor>',
        'the Kubernetes minor version of the cluster of the files, such as 1.36 (default: fields of every known version are accepted)',
      ).argParser(knownMinor),
    )
    .option('--update-baseline', 'write the findings into the baseline file and succeed');
  return addNodeOptions(addConfigurationOptions(command, surroundings.root))
    .addHelpText('after', exitCodesHelp('no findings', 'there are findings, or the configuration is refused'))
    .action((files: string[], options: CheckFlags) => {
      const stdout = resultOutput(surroundings, options);
      progressOf(surroundings, options)(`Checking ${files.length > 0 ? files.join(', ') : options.config}`);
      const { report, unused, warnings } =
        files.length > 0 ? checkFiles(files, options) : checkDeployment(options);
      const open = report.open.filter(({ rule }) => isAtLeast(rule.severity, options.severity));
      if (options.updateBaseline) {
        stdout(updateBaseline(open, options.baseline));
        return;
      }
      const baseline = options.baseline === undefined ? undefined : readBaseline(options.baseline);
      const compared = baseline && compareWithBaseline(open, baseline);
      const shown = { ...report, open: compared?.open ?? open };
      const list =
        files.length > 0
          ? (options.acknowledgements ?? 'a file, and pass the file with --acknowledgements')
          : `${shownFile(options.config)}, under acknowledgements`;
      stdout(print(shown, list, options));
      if (options.format === 'text') stdout(warnings.map((sentence) => `\n${sentence}\n`).join(''));
      if (compared !== undefined && options.format === 'text')
        stdout(baselineText(compared, options.baseline));
      if (unused.length > 0) throw new ConfigError(unused);
      if (shown.open.length > 0) throw new Findings();
    });
}

function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least);
}

function ruleIds(id: string, before: readonly string[]): readonly string[] {
  const ids = rules.map((rule) => rule.id);
  if (!ids.includes(id)) throw new InvalidArgumentError(`No rule has this id${didYouMean(id, ids)}.`);
  return [...before, id];
}

function knownMinor(text: string): string {
  const minor = text.replace(/^v/, '');
  if (knownMinors.includes(minor)) return minor;
  throw new InvalidArgumentError(`Known minor versions are ${knownMinors.join(', ')}. ${addMinor}`);
}

function print(report: LocatedReport, list: string, { format, verbose }: CheckFlags): string {
  if (format === 'json') return `${JSON.stringify(reportJson(report), null, 2)}\n`;
  if (format === 'sarif') return `${JSON.stringify(sarif(report, report.ran), null, 2)}\n`;
  const text = report.open.length === 0 ? '' : `${findingsText(report.open, verbose)}\n`;
  return text + reportSummary(report, verbose === true) + acceptanceText(report.open, list);
}

interface Checked {
  readonly report: LocatedReport;
  /** Acknowledgements that match no finding. */
  readonly unused: readonly Problem[];
  /** Warnings: messages that are not findings. */
  readonly warnings: readonly string[];
}

/** Checks all manifests of the deployment, with the acknowledgements of its configuration. */
function checkDeployment({ config, ignore, acknowledgements, kubernetes, ...nodes }: CheckFlags): Checked {
  refuseNodes(nodes);
  if (kubernetes !== undefined)
    throw new Unreadable(
      '--kubernetes is for files; the configuration of a deployment has the version under k3s',
    );
  if (acknowledgements !== undefined)
    throw new Unreadable(
      '--acknowledgements is for files of any origin. A deployment lists its acknowledgements in its configuration, under `acknowledgements`.',
    );
  const synthesis = examine(config);
  const open = synthesis.report.open.filter(({ rule }) => !ignore.includes(rule.id));
  return {
    report: { ...synthesis.report, open },
    unused: unusedOfDeployment(synthesis),
    warnings: synthesis.warnings,
  };
}

/** @throws Unreadable for a file that is not a manifest: it could hide findings */
function checkFiles(
  files: readonly string[],
  { ignore, acknowledgements: file, kubernetes, ...nodes }: CheckFlags,
): Checked {
  const located = read(files);
  const places = new Map(located.map(({ object, placeOf }) => [object, placeOf]));
  const stated = file === undefined ? undefined : loadAcknowledgements(file);
  const { acknowledgements = [] } = stated ?? {};
  const asked = [...rules, unresolvedValue].filter(({ id }) => !ignore.includes(id));
  const facts = {
    ...(statesNodes(nodes) && { nodes: statedNodes(nodes).nodes }),
    ...(kubernetes !== undefined && { release: { kubernetes } }),
  };
  const report = run([...places.keys()], asked, { acknowledgements, facts });
  const open = report.open.map((finding) => ({
    ...finding,
    place: finding.source && places.get(finding.source)?.(stepsOf(finding.path)),
  }));
  const locatedReport = { ...report, open };
  const unused = stated && unusedProblems({ ...stated, report: locatedReport, path: '' });
  return { report: locatedReport, unused: unused ?? [], warnings: stated?.warnings ?? [] };
}

function read(paths: readonly string[]) {
  const found = reading(() => readLocatedManifests(paths));
  // The program that rendered the files may have failed: an empty result must not pass.
  if (found.length === 0)
    throw new Unreadable(
      `No Kubernetes object in ${paths.join(', ')}. Name files or directories with manifests.`,
    );
  return found;
}

/** @throws Unreadable for a file that is not a baseline */
function readBaseline(file: string): Baseline {
  const remedy = 'write it with --update-baseline';
  const text = reading(() => readText(file, file, { remedy, purpose: 'hold a baseline' }));
  const baseline = parseBaseline(text);
  if (baseline === undefined) throw new Unreadable(`${file} is not a baseline; ${remedy}`);
  return baseline;
}

function updateBaseline(findings: readonly LocatedFinding[], file: string | undefined): string {
  if (file === undefined)
    throw new Unreadable('--update-baseline needs the file to write: add --baseline FILE');
  replaceFile(file, printBaseline(findings), fileChanges);
  return `${file} now names ${findings.length === 1 ? 'one finding' : `${findings.length} findings`}.\n`;
}

function baselineText({ known, fixed }: { known: number; fixed: number }, file = ''): string {
  const gone =
    fixed === 0
      ? ''
      : ` ${fixed} of its entries ${fixed === 1 ? 'has' : 'have'} no finding any more: --update-baseline removes them.`;
  return `${file} names ${known === 1 ? 'one more finding' : `${known} more findings`}.${gone}\n`;
}
