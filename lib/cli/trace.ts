import { join } from 'node:path';
import { Command, Option } from 'commander';
import { traceAssumptions } from '../analysis/trace/assumptions';
import { readQuestion, type TraceQuestion, UntraceableError } from '../analysis/trace/question';
import { type TraceFacts, TraceSubject } from '../analysis/trace/subject';
import { type TracePlaceOf, type TraceReport, trace, traceThrough } from '../analysis/trace/trace';
import { isUnresolved } from '../deployment/config/schema/unresolved';
import { isApplication } from '../deployment/config/schema/workloads';
import { topologyOf } from '../deployment/model/addresses';
import type { Model } from '../deployment/model/model';
import type { Output } from '../documents/output';
import { readLocatedManifests } from '../input/documents';
import { kindOfPath, readOutput } from '../input/output';
import { stepsOf } from '../kubernetes/path';
import { ManifestLines } from '../report/manifest-lines';
import { traceText } from '../report/trace';
import { addConfigurationOptions, nameOf } from './configuration-option';
import { outputOf } from './output';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from './output-options';
import { exitCodesHelp, Findings, reading, type Surroundings, Unreadable } from './run';
import { examine, type Synthesis } from './synthesize';

interface TraceFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly env?: string;
  readonly file?: readonly string[];
  readonly client?: string;
  readonly method?: string;
}

/** `trace`: what happens to a request, step by step. */
export function traceCommand(surroundings: Surroundings): Command {
  const { root, columns, colour = false } = surroundings;
  const command = addOutputOptions(new Command('trace'), ['text', 'json'], surroundings)
    .description('Proves step by step what happens to a request, or names the first thing that stops it.')
    .usage('[options] <url> | <from> <to[:port]>')
    .argument('<request...>', 'a URL, such as https://app.example.com/; or two ends, such as web redis:6379');
  return addConfigurationOptions(command, root)
    .addOption(
      new Option(
        '-f, --file <file...>',
        'manifests of any origin, or a directory of them with or without Terraform, instead of the deployment; write it last',
      ).argParser((file: string, before: readonly string[] | undefined) => [
        ...(before ?? []),
        nameOf('a file')(file),
      ]),
    )
    .option('--client <address>', 'the address of the visitor (default: one that nothing names)')
    .option('--method <method>', 'the method of the request (default: GET)')
    .addHelpText(
      'after',
      `\nAssumed:\n${traceAssumptions.map((each) => `  - ${each}\n`).join('')}${exitCodesHelp('nothing stops the request', 'something stops it, or the configuration is refused')}`,
    )
    .action((words: string[], options: TraceFlags) => {
      const { format, quiet, verbose, config, file, client, method } = options;
      const stdout = resultOutput(surroundings, { quiet });
      const report = answering(() => {
        const question = readQuestion(words, { client, method });
        progressOf(surroundings, { quiet })(`Reading ${file?.join(', ') ?? config}`);
        return file === undefined ? traceDeployment(config, question) : traceFiles(file, question);
      });
      stdout(
        format === 'json'
          ? `${JSON.stringify(report, null, 2)}\n`
          : traceText(report, { colour, width: columns, isFull: verbose === true }),
      );
      if (report.outcome === 'stopped') throw new Findings();
    });
}

/** @throws Unreadable for a request whose words name nothing */
function answering(answer: () => TraceReport): TraceReport {
  try {
    return answer();
  } catch (error) {
    if (error instanceof UntraceableError) throw new Unreadable(error.message);
    throw error;
  }
}

/** A deployment that breaks a rule is traced too: the trace tells what the mistake does. */
function traceDeployment(config: string, question: TraceQuestion): TraceReport {
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
function traceFiles(files: readonly string[], question: TraceQuestion): TraceReport {
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
  return trace({ ...output, objects }, question, {}, (field) =>
    field.kind === 'object'
      ? places.get(field.object)?.(stepsOf(field.path))
      : outputPlace(field, lines, only),
  );
}

/** The place of a value of Terraform or of a line of a script. */
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
