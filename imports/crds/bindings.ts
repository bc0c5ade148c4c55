import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../../lib/documents/file';
import { type Crd, groups, readNewestCrds } from './sources';

/** The kinds that constructs make; of the others only the schema is read. */
const made: ReadonlySet<string> = new Set(['HelmChartConfig', 'IngressRoute', 'Middleware']);

/** What cdk8s-cli writes its code to. */
interface Code {
  line(text?: string): void;
}

/** What is used of `cdk8s-cli/lib/import`. Its package exports no entry for it, so its version is pinned. */
interface Importer {
  readonly CustomResourceDefinition: new (
    crd: Crd,
  ) => { readonly key: string; generateTypeScript(code: Code, options: object): Promise<void> };
}
interface Header {
  emitHeader(code: Code, custom: boolean): void;
}

/**
 * Generates `imports/<group>.ts`: a construct and its props for each kind of the newest `imports/crds/<group>/<version>.yaml` that constructs make.
 * What an older version refuses, the schema of the pinned one reports.
 *
 * It is the code that `cdk8s import` makes, by the same functions. The command itself looks for a newer version of
 * itself on the network, takes a second a file, and ends with 0 when it fails.
 *
 * @param root the project's directory, from which cdk8s-cli is resolved
 */
export async function bindings(root: string): Promise<OutputFile[]> {
  const require = createRequire(join(root, 'package.json'));
  const library = join(dirname(require.resolve('cdk8s-cli/package.json')), 'lib', 'import');
  const { CustomResourceDefinition } = require(join(library, 'crd.js')) as Importer;
  const { emitHeader } = require(join(library, 'codegen.js')) as Header;
  return Promise.all(
    groups.map(async (group) => {
      const lines: string[] = [];
      const code: Code = { line: (text = '') => lines.push(text) };
      emitHeader(code, true);
      const { file, crds } = readNewestCrds(root, group);
      const kinds = crds
        .filter(({ spec }) => made.has(spec.names.kind))
        .map((crd) => new CustomResourceDefinition(crd));
      for (const kind of kinds.sort((a, b) => (a.key < b.key ? -1 : 1))) {
        await kind.generateTypeScript(code, {});
      }
      return {
        path: `imports/${group}.ts`,
        text: `// Made by \`npm run imports\` from ${file}: edit that.\n${lines.join('\n')}\n`,
      };
    }),
  );
}
