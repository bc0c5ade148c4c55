import { join } from 'node:path';
import type { TraceQuestion } from '../../analysis/trace/question';
import { type TraceFacts, TraceSubject } from '../../analysis/trace/subject';
import { type TracePlaceOf, type TraceReport, traceThrough } from '../../analysis/trace/trace';
import { isUnresolved } from '../../deployment/config/schema/unresolved';
import { isApplication } from '../../deployment/config/schema/workloads';
import { topologyOf } from '../../deployment/model/addresses';
import type { Model } from '../../deployment/model/model';
import type { Output } from '../../documents/output';
import { readLocatedManifests } from '../../input/documents';
import { kindOfPath, readOutput } from '../../input/output';
import { stepsOf } from '../../kubernetes/path';
import { ManifestLines } from '../../report/manifest-lines';
import { outputOf } from '../output';
import { reading, Unreadable } from '../run';
import { examine, type Synthesis } from '../synthesize';

/** Traces a deployment, also one that breaks a rule: the trace shows the effect of the mistake. */
export function traceDeployment(config: string, question: TraceQuestion): TraceReport {
  return tracer(examine(config, undefined, { allowExpired: true }), config)(question);
}

/**
 * Traces requests through a deployment, with the places in its output.
 *
 * @param config the name of its configuration
 * @param output its output. @default the one of the synthesis
 */
export function tracer(
  synthesis: Synthesis,
  config: string,
  output: Output = outputOf(synthesis),
): (question: TraceQuestion) => TraceReport {
  const files = new Map(output.objects.map(({ object, file }) => [object, file]));
  const lines = new ManifestLines(output.texts);
  const subject = new TraceSubject(output, traceFacts(synthesis.model, config));
  const placeOf: TracePlaceOf = (field) => {
    if (field.kind === 'external') return synthesis.placeOf(['external', field.name]);
    if (field.kind !== 'object') return outputPlace(field, lines, '');
    const file = files.get(field.object);
    return file === undefined ? undefined : { file, line: lines.lineOf(file, field.object, field.path) };
  };
  return (question) => traceThrough(subject, question, placeOf);
}

/** The facts that a trace uses in addition to the documents of a deployment. */
function traceFacts(model: Model, config: string): TraceFacts {
  return {
    topology: topologyOf(model),
    nodes: Object.entries(model.nodes).map(([name, { address }]) => ({ name, address })),
    ...(model.edge !== undefined && { proxyRanges: model.cloudflareRanges }),
    external: Object.entries(model.external).map(([name, { host, port }]) => ({
      ...{ name, port },
      host: isUnresolved(host) ? undefined : host,
    })),
    configuration: config,
    declaring: model.workloads.filter(([, workload]) => isApplication(workload)).map(([name]) => name),
  };
}

/** @throws Unreadable for a file that is not a manifest */
export function traceFiles(files: readonly string[], question: TraceQuestion): TraceReport {
  const [only = ''] = files;
  const output: Output =
    files.length === 1 && kindOfPath(only) === 'directory'
      ? reading(() => readOutput(only))
      : { objects: [], stacks: [], rules: [], texts: new Map() };
  const paths =
    output.texts.size === 0 ? files : [...new Set(output.objects.map(({ file }) => join(only, file)))];
  const located = paths.length === 0 ? [] : reading(() => readLocatedManifests(paths));
  if (located.length === 0)
    throw new Unreadable(
      `No Kubernetes object in ${files.join(', ')}. Name files or directories with manifests.`,
    );
  const places = new Map(located.map(({ object, placeOf }) => [object, placeOf]));
  const lines = new ManifestLines(output.texts);
  const objects = located.map(({ object, placeOf }) => ({ object, file: placeOf([]).file }));
  const subject = described(() => new TraceSubject({ ...output, objects }, {}));
  return traceThrough(subject, question, (field) =>
    field.kind === 'object'
      ? places.get(field.object)?.(stepsOf(field.path))
      : outputPlace(field, lines, only),
  );
}

/** @throws Unreadable for chart values that are not YAML */
function described(read: () => TraceSubject): TraceSubject {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && error.name === 'YAMLParseError') throw new Unreadable(error.message);
    throw error;
  }
}

/** The place of a Terraform value or of a line in a script. */
function outputPlace(
  field: Exclude<Parameters<TracePlaceOf>[0], { readonly kind: 'object' }>,
  lines: ManifestLines,
  directory: string,
): ReturnType<TracePlaceOf> {
  if (field.kind === 'external') return undefined;
  const file = join(directory, field.file);
  if (field.kind === 'line') return { file, line: field.line };
  const address = field.address.replace(/\[[^\]]*\]$/, '');
  return { file, line: lines.lineAt(field.file, `resource.${address}.${field.path}`) };
}
