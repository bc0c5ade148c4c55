import { rules } from '../analysis/rules';
import type { Finding as RuleFinding } from '../analysis/rules/finding';
import type { Rule } from '../analysis/rules/rule';
import { run } from '../analysis/rules/run';
import { PropsError } from '../constructs/props-error';
import { alertFile, unfiredRemarks } from '../deployment/alerts/file';
import { deploymentApp } from '../deployment/charts/deployment';
import { type Notes, notesOf } from '../deployment/charts/notes';
import { Origins } from '../deployment/charts/origin';
import { agreementRules } from '../deployment/checks/agreement-rules';
import { alertsRule, deploymentAlerts } from '../deployment/checks/alerts';
import { expectedKinds, factsOf } from '../deployment/checks/facts';
import { flowsRule } from '../deployment/checks/flows-rule';
import { promisesRule } from '../deployment/checks/promises-rule';
import { providerLockFiles } from '../deployment/checks/provider-lock';
import { supportRule } from '../deployment/checks/support-rule';
import { shownFile } from '../deployment/config/environment/read';
import { type Configuration, type LoadOptions, loadConfiguration } from '../deployment/config/load';
import { createModel, type Model } from '../deployment/model/model';
import { nodeScriptFiles, nodeSetups } from '../deployment/stacks/node-scripts';
import { type ChartDocuments, kubernetesDocuments } from '../deployment/synth/kubernetes';
import { stackDocuments } from '../deployment/synth/stacks';
import type { OutputFile } from '../documents/file';
import type { KubernetesDocument, KubernetesObject } from '../documents/kubernetes';
import type { TerraformDocument } from '../documents/terraform';
import { holdsUnresolved } from '../documents/unresolved';
import { ConfigError, formatProblem, type Problem, sortProblems } from '../input/problem';
import { formatPath } from '../input/source';
import { printStacks } from '../output/terraform';
import { printYaml } from '../output/yaml';
import { fileHeader } from '../report/file-header';
import { acceptanceText, findingsText, type LocatedFinding, type LocatedReport } from '../report/findings';
import { unusedOfDeployment } from './unused';

/** The output of a configuration, checked and in memory. */
export interface Synthesis {
  readonly model: Model;
  readonly documents: readonly KubernetesDocument[];
  /** The manifests, the alert rules, and the nodes' scripts. */
  readonly files: readonly OutputFile[];
  readonly terraform: readonly TerraformDocument[];
  /** Terraform's configuration, below its own directory. */
  readonly terraformFiles: readonly OutputFile[];
  /** Remarks for the operator before an apply, by file. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
  /** The report of the rules. It has open findings only after `examine`. */
  readonly report: LocatedReport;
  /** Warnings: messages that are not errors. */
  readonly warnings: readonly string[];
  /** Warnings about the prices, for the commands that print costs. */
  readonly priceWarnings: readonly string[];
  /** The place of a value of the configuration in its file. */
  readonly placeOf: Configuration['placeOf'];
}

/** The documents break a rule, so that none of them is written. */
export class CheckError extends Error {
  readonly findings: readonly LocatedFinding[];

  /**
   * @param config the configuration, to which an acknowledgement is added
   * @param unused acknowledgements that match no finding: one of them may be misspelt
   */
  constructor(config: string, findings: readonly LocatedFinding[], unused: readonly Problem[] = []) {
    const list = `${shownFile(config)}, under acknowledgements`;
    super(
      [...unused.map(formatProblem), findingsText(findings), acceptanceText(findings, list).trimEnd()].join(
        '\n',
      ),
    );
    this.name = 'CheckError';
    this.findings = findings;
  }
}

/** Reads the objects of the files that will be replaced. */
export type Previous = (files: readonly OutputFile[]) => readonly KubernetesObject[];

/**
 * The whole pipeline: load, derive, construct, synthesize, check, print.
 *
 * @param previous the objects that immutable fields are compared with; by default none
 * @param load how strictly the configuration is read
 * @throws ConfigError for errors in the configuration
 * @throws CheckError for findings in the documents
 */
export function synthesize(path: string, previous?: Previous, load?: LoadOptions): Synthesis {
  const synthesis = examine(path, previous, load);
  const unused = unusedOfDeployment(synthesis);
  if (synthesis.report.open.length > 0) throw new CheckError(path, synthesis.report.open, unused);
  if (unused.length > 0) throw new ConfigError(unused);
  return synthesis;
}

/** Like `synthesize`, with the findings in the report instead of an error. */
export function examine(path: string, previous: Previous = () => [], load?: LoadOptions): Synthesis {
  const configuration = loadConfiguration(path, load);
  const { placeOf } = configuration;
  const model = createModel(configuration);
  const charts = construct(model, configuration);
  const documents = charts.flatMap((chart) => chart.documents);
  const alerts = deploymentAlerts(model);
  const ruleFiles = alertFile(model.namespace, alerts.rules);
  const setups = nodeSetups(model);
  const files = [...charts.map(printChart), ...ruleFiles, ...nodeScriptFiles(setups)];
  const terraform = constructStacks(model, configuration);
  return {
    model,
    documents,
    files,
    terraform,
    terraformFiles: [...printStacks(terraform), ...providerLockFiles(terraform, configuration.providerLock)],
    remarks: new Map([
      ...charts.map(({ file, notes }) => [file, notes.remarks] as const),
      ...ruleFiles.map(({ path: file }) => [file, unfiredRemarks(alerts.rules)] as const),
    ]),
    report: check(
      model,
      documents,
      [alertsRule(alerts), supportRule(configuration.support), ...agreementRules(model, terraform, setups)],
      placeOf,
      previous(files),
    ),
    warnings: configuration.warnings,
    priceWarnings: configuration.priceWarnings,
    placeOf,
  };
}

function check(
  model: Model,
  documents: readonly KubernetesDocument[],
  agreed: readonly Rule[],
  placeOf: Configuration['placeOf'],
  previous: readonly KubernetesObject[],
): LocatedReport {
  const objects = documents.map(({ object }) => object);
  const report = run(objects, [...rules, flowsRule(model), promisesRule(model), ...agreed], {
    acknowledgements: model.acknowledgements,
    // An object with an unresolved value was never applied: the API server refuses it.
    facts: { ...factsOf(model), previous: previous.filter((object) => !holdsUnresolved(object)) },
    expected: expectedKinds(model),
  });
  return { ...report, open: located(report.open, model, documents, placeOf) };
}

/**
 * Constructs the charts again to find the origin of each finding. The first charts were released, because most
 * runs have no findings.
 */
function located(
  findings: readonly RuleFinding[],
  model: Model,
  documents: readonly KubernetesDocument[],
  placeOf: Configuration['placeOf'],
): LocatedFinding[] {
  if (findings.length === 0) return [];
  const [app, origins] = [deploymentApp(model), new Origins(model)];
  return findings.map((finding) => {
    const document = documents.find(({ object }) => object === finding.source);
    const origin = document && origins.ofField(app, document.constructPath, finding.path);
    return { ...finding, place: origin && placeOf(origin) };
  });
}

function printChart({ file, notes, documents }: SynthesizedChart): OutputFile {
  return {
    path: file,
    text: printYaml(
      documents.map(({ object }) => object),
      fileHeader(notes),
    ),
  };
}

/**
 * The documents of a chart. The construct tree is released, because it takes as much memory as everything
 * after it.
 */
interface SynthesizedChart extends Omit<ChartDocuments, 'chart'> {
  readonly notes: Notes;
}

/**
 * An error of a construct names the prop. The configuration key with the same name gives the place in the file.
 */
function construct(model: Model, { placeOf }: Configuration): SynthesizedChart[] {
  try {
    return kubernetesDocuments(deploymentApp(model)).map(({ chart, ...made }) => ({
      ...made,
      notes: notesOf(chart),
    }));
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    const origins = new Origins(model);
    throw new ConfigError(sortProblems(error.errors.flatMap((refused) => locate(origins, refused, placeOf))));
  }
}

/** An error of a stack has the path in the configuration. */
function constructStacks(model: Model, { placeOf }: Configuration): TerraformDocument[] {
  try {
    return stackDocuments(model);
  } catch (error) {
    if (!(error instanceof PropsError)) throw error;
    const problems = error.problems.map(({ path, message }) => ({
      place: placeOf(path, true),
      path: formatPath(path),
      message,
    }));
    throw new ConfigError(sortProblems(problems));
  }
}

function locate(origins: Origins, refused: unknown, placeOf: Configuration['placeOf']): Problem[] {
  if (!(refused instanceof PropsError)) throw refused;
  return refused.problems.map(({ path, message }) => {
    // A workload's name is its key in the configuration.
    const isName = path.length === 1 && path[0] === 'name';
    const full = origins.ofProp(refused, path);
    return {
      place: placeOf(full, isName),
      path: formatPath(full),
      message: isName ? `the name ${message}` : message,
    };
  });
}
