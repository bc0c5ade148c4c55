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

/** What is generated and kept in the repository. */
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
 * `npm run imports` brings the generated files up to date: run it after a change of a generator or of the package
 * it reads. `npm run imports -- --check` writes nothing and exits 1 if a file isn't up to date.
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
