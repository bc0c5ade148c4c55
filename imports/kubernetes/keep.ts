import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { minorFile, printMinor } from './minors';
import { type OpenApiDocument, readEnumWords, readOpenApi } from './openapi';

/**
 * Stores the schema of a minor version of Kubernetes: `node bin/run.mjs imports/kubernetes/keep.ts <release> OPENAPI
 * [ENUMS]` writes `imports/kubernetes/minors/<minor>.json`. Afterwards, `npm run imports` updates the tables of all
 * minor versions.
 */
function keep(root: string, [release = '', openApi, enums]: readonly string[]): void {
  const [, minor] = /^v(\d+\.\d+)\.\d+$/.exec(release) ?? [];
  if (minor === undefined || openApi === undefined) {
    throw new Error(
      'usage: node bin/run.mjs imports/kubernetes/keep.ts v1.36.3 OPENAPI.json [zz_generated.openapi.go]',
    );
  }
  const text = readFileSync(openApi, 'utf8');
  const hash = createHash('sha256').update(text).digest('hex');
  const words = enums === undefined ? undefined : readEnumWords(readFileSync(enums, 'utf8'));
  const source = `the OpenAPI document of k8s.io/kubernetes ${release}, sha256 ${hash}`;
  const table = readOpenApi(source, JSON.parse(text) as OpenApiDocument, words);
  writeFileSync(join(root, minorFile(minor)), printMinor(table));
}

keep(process.cwd(), process.argv.slice(2));
