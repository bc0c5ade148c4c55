import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { type Crd, groupFile } from './sources';

/**
 * Stores the schemas of CustomResourceDefinitions: `node bin/run.mjs imports/crds/keep.ts <version> <origin> FILE…`
 * writes `imports/crds/<group>/<version>.yaml` for each group in the files. Only schemas are stored, without
 * descriptions.
 *
 * @param version of helm-controller, or of Traefik's chart
 * @param origin where the files come from, for the first line
 */
function keep(root: string, [version = '', origin = '', ...files]: readonly string[]): void {
  const crds = files.flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as Crd),
  );
  for (const group of new Set(crds.map(({ spec }) => spec.group))) {
    const texts = crds
      .filter(({ spec }) => spec.group === group)
      .sort((a, b) => (a.spec.names.kind < b.spec.names.kind ? -1 : 1))
      .map((crd) => stringify(schemaOf(crd), { lineWidth: 0 }));
    const head = `# The schemas of ${origin}, without descriptions. \`npm run imports\` reads them.\n`;
    const path = join(root, groupFile(group, version));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${head}${texts.join('---\n')}`);
  }
}

function schemaOf({ spec }: Crd): object {
  const { group, names, scope, versions } = spec;
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${names.plural}.${group}` },
    spec: {
      group,
      names,
      scope,
      versions: versions.map(({ name, served, storage, schema }) => ({
        name,
        served,
        storage,
        schema: { openAPIV3Schema: withoutDescriptions(schema.openAPIV3Schema, true) },
      })),
    },
  };
}

/** @param isSchema whether the keys are keywords of a schema, instead of names of properties */
function withoutDescriptions(value: unknown, isSchema: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutDescriptions(item, isSchema));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !(isSchema && ['description', 'x-kubernetes-validations'].includes(key)))
      .map(([key, below]) => [key, withoutDescriptions(below, !(isSchema && key === 'properties'))]),
  );
}

keep(process.cwd(), process.argv.slice(2));
