import { basename, dirname, join, parse } from 'node:path';
import { Command } from 'commander';
import { madeNodes } from '../deployment/model/made-nodes';
import type { OutputFile } from '../documents/file';
import type { KubernetesObject } from '../documents/kubernetes';
import { readManifests } from '../input/documents';
import { ConfigError, sortProblems } from '../input/problem';
import { fileChanges } from '../output/changes';
import { foreignManifests } from '../output/foreign';
import { type OutputSide, refuseOtherOwner } from '../output/owned';
import { changingFiles } from '../output/previous';
import { writeOutput } from '../output/write';
import { leftBehindText } from '../report/left-behind';
import { shrinkingQuota } from '../report/shrinking-quota';
import {
  askedBlock,
  foreignBlock,
  nodesBlock,
  remarksBlock,
  unresolvedBlock,
  writeSummary,
} from '../report/summary';
import { configurationOption, nameOf, relativePath } from './configuration-option';
import { exitCodesHelp, type Surroundings } from './run';
import { type Synthesis, synthesize } from './synthesize';

interface SynthFlags {
  readonly config: string;
  readonly out: string;
  readonly strict?: boolean;
  readonly allowExpired?: boolean;
}

/** Where a side goes, below the output directory. */
export const folders = { kubernetes: '', terraform: 'terraform' } as const;

const titles = { kubernetes: 'the Kubernetes manifests', terraform: "Terraform's configuration" } as const;

/**
 * `synth`: builds and checks both sides of a deployment and writes those that are asked for, or leaves the output as it
 * was and says what is wrong.
 */
export function synthCommand({ root, stdout }: Surroundings, sides: readonly OutputSide[]): Command {
  const what = sides.map((side) => titles[side]).join(' and ');
  return new Command('synth')
    .description(`Writes ${what} of a deployment, or says all that is wrong with it.`)
    .addOption(configurationOption(root))
    .option('--out <directory>', 'where to write', nameOf('a directory'), relativePath(join(root, 'dist')))
    .option('--strict', 'refuse manifests with unresolved values: the way to a cluster always says this')
    .option('--allow-expired', 'accept acknowledgements that have expired, with a warning')
    .addHelpText('after', exitCodesHelp('success', 'refused, and nothing was written'))
    .action(({ config, out, strict = false, allowExpired = false }: SynthFlags) => {
      const writes = { kubernetes: sides.includes('kubernetes'), terraform: sides.includes('terraform') };
      let before: readonly KubernetesObject[] = [];
      const previous = (files: readonly OutputFile[]) => {
        if (writes.kubernetes)
          before = previousObjects(changingFiles(join(out, folders.kubernetes), 'kubernetes', files));
        return before;
      };
      const synthesis = synthesize(config, previous, { allowExpired });
      const owner = ownerOf(config, synthesis);
      // A directory of its own, since a local state lies beside the output and is named after the namespace.
      const elsewhere = join(dirname(out), `${synthesis.model.namespace}-${parse(config).name}`, 'dist');
      // Also of a side that isn't asked for: one directory holds one deployment.
      for (const side of ['kubernetes', 'terraform'] as const) {
        refuseOtherOwner(join(out, folders[side]), side, owner, elsewhere);
      }
      if (strict && writes.kubernetes) refuseUnresolved(synthesis);
      if (writes.kubernetes)
        stdout(writeKubernetes(join(out, folders.kubernetes), synthesis, before, strict, owner));
      if (writes.terraform) stdout(writeTerraform(join(out, folders.terraform), synthesis, owner));
    });
}

/** A deployment by the namespace that Terraform's stack and its state are named after, and by the file that describes it. */
function ownerOf(config: string, { model }: Synthesis): string {
  return `${model.namespace} (${basename(config)})`;
}

function writeKubernetes(
  out: string,
  synthesis: Synthesis,
  before: readonly KubernetesObject[],
  strict: boolean,
  owner: string,
): string {
  const { files, documents, remarks, warnings, model } = synthesis;
  const result = writeOutput(out, 'kubernetes', files, fileChanges, owner);
  const objects = documents.map(({ object }) => object);
  return [
    writeSummary(out, result),
    foreignBlock(out, foreignManifests(out)),
    leftBehindText(before, objects),
    shrinkingQuota(before, objects),
    // Before an apply they are said whether or not this run was the one that changed the file.
    remarksBlock(strict ? [...remarks.keys()] : result.written, remarks),
    ...warnings.map((sentence) => `\n${sentence}\n`),
    unresolvedBlock(model.unresolved),
    nodesBlock(model.unresolvedOfNodes, model.hetzner === undefined ? [] : madeNodes(model)),
  ].join('');
}

function writeTerraform(out: string, { terraformFiles, model }: Synthesis, owner: string): string {
  const result = writeOutput(out, 'terraform', terraformFiles, fileChanges, owner);
  return writeSummary(out, result) + askedBlock(model.asked);
}

/** The objects of manifests that are about to change; somebody may have edited one past reading. */
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

/** Under `--strict` a value that nobody knows is a problem like any other. */
function refuseUnresolved({ model, placeOf }: Synthesis): void {
  if (model.unresolved.length === 0) return;
  const problems = model.unresolved.map(({ place, path, find }) => ({
    place: placeOf(place),
    path,
    message: `is unresolved; to find it out: ${find}`,
  }));
  throw new ConfigError(sortProblems(problems));
}
