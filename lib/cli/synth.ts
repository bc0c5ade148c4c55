import { basename, dirname, join, parse } from 'node:path';
import { Command } from 'commander';
import { madeNodes } from '../deployment/model/made-nodes';
import type { OutputFile } from '../documents/file';
import type { KubernetesObject } from '../documents/kubernetes';
import { readManifests } from '../input/documents';
import { ConfigError, sortProblems } from '../input/problem';
import { fileChanges } from '../output/changes';
import { foreignManifests } from '../output/foreign';
import { type OutputSide, readNotes, refuseOtherOwner } from '../output/owned';
import { formatOwner, type OutputOwner } from '../output/owner';
import { changingFiles } from '../output/previous';
import { writeOutput } from '../output/write';
import { foreignBlock, remarksBlock, writeSummary } from '../report/summary';
import {
  locateOpenValues,
  newlyUnresolved,
  type OpenValues,
  unresolvedSummary,
  unresolvedText,
  waitingNodes,
} from '../report/unresolved';
import { earlierObjects, unsettledObjects, unsettledText } from '../report/unsettled';
import { addConfigurationOptions, addOutOption, configurationFlag } from './configuration-option';
import { addOutputOptions, type OutputOptions, progressOf, resultOutput } from './output-options';
import { exitCodesHelp, type Surroundings } from './run';
import { readUnsettled } from './settle';
import { type Synthesis, synthesize } from './synthesize';

interface SynthFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly out: string;
  readonly strict?: boolean;
  readonly allowExpired?: boolean;
}

/** The folders of the manifests and of the Terraform configuration in the output directory. */
export const folders = { kubernetes: '', terraform: 'terraform' } as const;

const titles = { kubernetes: 'the Kubernetes manifests', terraform: "Terraform's configuration" } as const;

/**
 * `synth`: builds and checks the manifests and the Terraform configuration, and writes the requested ones. After
 * an error the
 * output stays unchanged.
 */
export function synthCommand(surroundings: Surroundings, sides: readonly OutputSide[]): Command {
  const { root } = surroundings;
  const what = sides.map((side) => titles[side]).join(' and ');
  const command = addOutputOptions(new Command('synth'), ['text', 'json'], surroundings).description(
    `Writes ${what} of a deployment. If anything is wrong, it writes nothing and prints every error.`,
  );
  return addConfigurationOptions(addOutOption(command, root, 'the output directory'), root)
    .option('--strict', 'refuse unresolved values in the manifests; use it before each apply')
    .option('--allow-expired', 'accept acknowledgements that have expired, with a warning')
    .addHelpText('after', exitCodesHelp('success', 'refused, and nothing was written'))
    .action((flags: SynthFlags) => {
      const { config, out, strict = false, allowExpired = false, format, quiet, verbose } = flags;
      const writes = { kubernetes: sides.includes('kubernetes'), terraform: sides.includes('terraform') };
      let before: readonly KubernetesObject[] = [];
      const previous = (files: readonly OutputFile[]) => {
        if (writes.kubernetes)
          before = previousObjects(changingFiles(join(out, folders.kubernetes), 'kubernetes', files));
        return before;
      };
      progressOf(surroundings, { quiet })(`Synthesizing ${config}`);
      const synthesis = synthesize(config, previous, { allowExpired });
      const owner = ownerOf(config, synthesis);
      // A directory with a parent of its own, because Terraform's local state is next to the output
      // directory.
      const elsewhere = join(dirname(out), `${synthesis.model.namespace}-${parse(config).name}`, 'dist');
      // The manifests and the Terraform configuration are both compared, because one directory contains one deployment.
      for (const side of ['kubernetes', 'terraform'] as const) {
        refuseOtherOwner(join(out, folders[side]), side, owner, elsewhere);
      }
      if (strict && writes.kubernetes) refuseUnresolved(synthesis);
      // With `--strict`, before an apply, the remarks of unchanged files are printed too.
      const everything = strict || verbose === true;
      const written = [
        ...(writes.kubernetes
          ? [writeKubernetes(join(out, folders.kubernetes), synthesis, before, owner, everything)]
          : []),
        ...(writes.terraform ? [writeTerraform(join(out, folders.terraform), synthesis, owner)] : []),
      ];
      const open = openValues(synthesis, writes);
      const print = resultOutput(surroundings, { quiet });
      if (format === 'json') {
        print(`${JSON.stringify({ sides: written, unresolved: locateOpenValues(open) }, null, 2)}\n`);
        return;
      }
      print(
        `${written.map(({ summary }) => summary).join('; ')}\n${unresolvedSummary(open, configurationFlag(root, config))}`,
      );
      print(written.flatMap(({ blocks }) => blocks).join(''));
      if (verbose) print(`\n${unresolvedText(locateOpenValues(open))}`);
    });
}

/** The unresolved values in the files that are written. */
function openValues(
  { model }: Synthesis,
  writes: { readonly kubernetes: boolean; readonly terraform: boolean },
): OpenValues {
  return {
    unresolved: writes.kubernetes ? model.unresolved : [],
    unresolvedOfNodes: writes.kubernetes ? model.unresolvedOfNodes : [],
    asked: writes.terraform ? model.asked : [],
  };
}

/**
 * Terraform's stack and its state are named after the namespace. Two deployments may have the same namespace and
 * file name.
 */
function ownerOf(config: string, { model }: Synthesis): OutputOwner {
  const { namespace, edge, nodes } = model;
  return { name: `${namespace} (${basename(config)})`, zone: edge?.zone, nodes: Object.values(nodes) };
}

/**
 * The result of writing the manifests or the Terraform configuration: a summary line, and blocks of text about
 * what is new or needs attention.
 */
interface WrittenSide {
  readonly summary: string;
  readonly blocks: readonly string[];
}

function writeKubernetes(
  out: string,
  synthesis: Synthesis,
  before: readonly KubernetesObject[],
  owner: OutputOwner,
  everything: boolean,
): WrittenSide {
  const { files, documents, remarks, warnings, model } = synthesis;
  const objects = documents.map(({ object }) => object);
  const notes = readNotes(out, 'kubernetes');
  const unsettled = unsettledObjects(earlierObjects(readUnsettled(out), before), objects);
  const open = [...model.unresolved, ...model.unresolvedOfNodes];
  const result = writeOutput(out, 'kubernetes', files, fileChanges, formatOwner(owner), {
    unresolved: open.map(({ path }) => path),
    unsettled: unsettled.map((object) => JSON.stringify(object)),
  });
  const made = model.hetzner === undefined ? [] : madeNodes(model);
  const isNew = model.unresolvedOfNodes.some(({ path }) => !notes.unresolved.includes(path));
  return {
    summary: writeSummary(out, result),
    blocks: [
      foreignBlock(out, foreignManifests(out)),
      unsettledText(unsettled, objects, out),
      remarksBlock(everything ? [...remarks.keys()] : result.written, remarks),
      ...warnings.map((sentence) => `\n${sentence}\n`),
      newlyUnresolved(open, notes.unresolved),
      isNew || everything ? waitingNodes(model.unresolvedOfNodes, made) : '',
    ],
  };
}

function writeTerraform(out: string, { terraformFiles, model }: Synthesis, owner: OutputOwner): WrittenSide {
  const { unresolved: known } = readNotes(out, 'terraform');
  const notes = { unresolved: model.asked.map(({ path }) => path), unsettled: [] };
  const result = writeOutput(out, 'terraform', terraformFiles, fileChanges, formatOwner(owner), notes);
  return { summary: writeSummary(out, result), blocks: [newlyUnresolved(model.asked, known)] };
}

/**
 * The objects of the manifests that will change. A file that is unreadable after an edit by hand is left out.
 */
function previousObjects(paths: readonly string[]): KubernetesObject[] {
  const manifests = paths.filter((path) => path.endsWith('.yaml'));
  return manifests.flatMap((path) => {
    try {
      return readManifests([path]);
    } catch (error) {
      if (error instanceof ConfigError) return [];
      throw error;
    }
  });
}

/** With `--strict`, an unresolved value is an error. */
export function refuseUnresolved({ model, placeOf }: Synthesis): void {
  if (model.unresolved.length === 0) return;
  const problems = model.unresolved.map(({ place, path, find }) => ({
    place: placeOf(place),
    path,
    message: `is unresolved. To find the value: ${find}`,
  }));
  throw new ConfigError(sortProblems(problems));
}
