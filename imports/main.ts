import { parseArgs } from 'node:util';
import { configurationDocument } from './configuration/document';
import { editorSchemaFile } from './configuration/editor-schema';
import { bindings } from './crds/bindings';
import { crdSchema } from './crds/schema';
import { hcloudBindings } from './hcloud/bindings';
import { k3sReleases } from './k3s/generate';
import { kubernetesSchema } from './kubernetes/generate';
import { type Generator, regenerate } from './regenerate';
import { rulesDocument } from './rules/document';
import { chartKeys } from './traefik-chart/generate';

/** The generators of all files that are generated and stored in the repository. */
const generators: readonly Generator[] = [
  kubernetesSchema,
  k3sReleases,
  chartKeys,
  crdSchema,
  bindings,
  hcloudBindings,
  editorSchemaFile,
  configurationDocument,
  rulesDocument,
];

/**
 * `npm run imports` updates the generated files: run it after you change a generator or a package that it reads. `npm
 * run imports -- --check` writes nothing, and exits with 1 if a file is outdated.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const written = await regenerate(process.cwd(), generators, values.check);
  for (const path of written) process.stdout.write(`wrote ${path}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
