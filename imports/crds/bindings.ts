import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../../lib/documents/file';
import { type Crd, groups, readNewestCrds } from './sources';

/** The kinds that constructs create. Only the schemas of the other kinds are read. */
const made: ReadonlySet<string> = new Set(['HelmChartConfig', 'IngressRoute', 'Middleware']);

/** The writer that cdk8s-cli passes its code to. */
interface Code {
  line(text?: string): void;
}

/**
 * The used parts of `cdk8s-cli/lib/import`. The package does not export this module, so the version of the package is
 * pinned.
 */
interface Importer {
  readonly CustomResourceDefinition: new (
    crd: Crd,
  ) => { readonly key: string; generateTypeScript(code: Code, options: object): Promise<void> };
}
interface Header {
  emitHeader(code: Code, custom: boolean): void;
}

/**
 * Generates `imports/<group>.ts`: a construct and its props for each kind that constructs create, from the newest
 * `imports/crds/<group>/<version>.yaml`. The schema check reports what an older version refuses.
 *
 * The output is the same as that of `cdk8s import`, whose functions are used here. The command itself is not used: it
 * checks for updates on the network, takes a second for each file, and exits with 0 after a failure.
 *
 * @param root the directory of the project, from which cdk8s-cli is resolved
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
        text: `// Made by \`npm run imports\` from ${file}. Edit that file instead.\n${lines.join('\n')}\n`,
      };
    }),
  );
}
