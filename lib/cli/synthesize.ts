import { deploymentApp } from '../charts/deployment';
import { type Notes, notesOf } from '../charts/notes';
import { checkSchema } from '../checks/kubernetes-schema';
import type { Violation } from '../checks/violation';
import { type Configuration, loadConfiguration } from '../config/load';
import { ConfigError, type Place, type Problem, sortProblems } from '../config/problem';
import { formatPath } from '../config/source';
import { PropsError } from '../constructs/props-error';
import type { OutputFile } from '../documents/file';
import type { KubernetesDocument, KubernetesObject } from '../documents/kubernetes';
import { prove } from '../flows/prove';
import { analyse } from '../flows/reachability';
import { topologyOf } from '../model/addresses';
import { declaredFlows } from '../model/flows';
import { createModel, type Model } from '../model/model';
import { printYaml } from '../output/yaml';
import { fileHeader } from '../report/file-header';
import { type ChartDocuments, kubernetesDocuments } from '../synth/kubernetes';

/** Everything that a configuration makes, checked and in memory. */
export interface Synthesis {
  readonly model: Model;
  readonly documents: readonly KubernetesDocument[];
  readonly files: readonly OutputFile[];
  /** What the operator must know before an apply, by the file that it concerns. */
  readonly remarks: ReadonlyMap<string, readonly string[]>;
  /** Where the value at a path of the configuration stands. */
  readonly placeOf: Configuration['placeOf'];
}

/** The documents break a rule: nothing of them may be written. */
export class CheckError extends Error {
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super(violations.map(({ object, path, message }) => `${object} ${path}: ${message}`).join('\n'));
    this.name = 'CheckError';
    this.violations = violations;
  }
}

/**
 * The whole pipeline, from a file to files: load, derive, construct, synthesize, check, print.
 *
 * @throws ConfigError for what the configuration states wrongly
 * @throws CheckError for what the documents break
 */
export function synthesize(path: string): Synthesis {
  const configuration = loadConfiguration(path);
  const model = createModel(configuration);
  const charts = construct(model, configuration);
  const documents = charts.flatMap((chart) => chart.documents);
  const objects = documents.map(({ object }) => object);
  const violations = [...objects.flatMap(checkSchema), ...flowViolations(model, objects)];
  if (violations.length > 0) throw new CheckError(violations);
  return {
    model,
    documents,
    files: charts.map(printChart),
    remarks: new Map(charts.map(({ file, notes }) => [file, notes.remarks])),
    placeOf: configuration.placeOf,
  };
}

/** What the policies let connect, held against what the configuration declares. */
function flowViolations(model: Model, objects: readonly KubernetesObject[]): Violation[] {
  const differences = prove(analyse(objects, topologyOf(model)), declaredFlows(model));
  return differences.map(({ policies, message, wayOut }) => ({
    rule: 'flows',
    object: policies.join(', ') || 'NetworkPolicies',
    path: 'spec',
    message: `${message}. ${wayOut}`,
  }));
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

/** What a chart made. The chart is gone by then: the tree takes as much memory as all that follows. */
interface SynthesizedChart extends Omit<ChartDocuments, 'chart'> {
  readonly notes: Notes;
}

/** Constructs name the props that they refuse; the configuration names its keys alike and knows their lines. */
function construct(model: Model, { placeOf }: Configuration): SynthesizedChart[] {
  try {
    return kubernetesDocuments(deploymentApp(model)).map(({ chart, ...made }) => ({
      ...made,
      notes: notesOf(chart),
    }));
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    throw new ConfigError(sortProblems(error.errors.flatMap((refused) => locate(refused, placeOf))));
  }
}

function locate(refused: unknown, placeOf: (path: (string | number)[]) => Place): Problem[] {
  if (!(refused instanceof PropsError)) throw refused;
  const workload = refused.constructPath.split('/').at(-1) ?? '';
  return refused.problems.map(({ path, message }) => {
    const full = ['workloads', workload, ...path];
    return { place: placeOf(full), path: formatPath(full), message };
  });
}
