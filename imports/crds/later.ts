import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { tableOf } from './schema';
import { type Crd, groups, readCrds } from './sources';

/**
 * Keeps the names of fields that a later release has, and the kept schemas don't: `node bin/run.mjs imports/crds/later.ts <release>
 * FILE…` writes `imports/crds/later-fields.json` from the later release's CustomResourceDefinitions. Run it again after `keep.ts`.
 */
function keepLaterFields(root: string, [release = '', ...files]: readonly string[]): void {
  const later = tableOf(
    files.flatMap((file) =>
      parseAllDocuments(readFileSync(file, 'utf8')).flatMap((document) => {
        const crd = document.toJS() as Crd | null;
        return crd !== null && groups.some((group) => group === crd.spec.group) ? [crd] : [];
      }),
    ),
  );
  const kept = tableOf(groups.flatMap((group) => readCrds(root, group)));
  const fields = Object.fromEntries(
    [...kept.types].flatMap(([type, known]) => {
      const names = [...(later.types.get(type)?.keys() ?? [])].map((name) => name.replace('!', ''));
      const fresh = names.filter((name) => !known.has(name) && !known.has(`${name}!`)).sort();
      return fresh.length === 0 ? [] : [[type, fresh]];
    }),
  );
  const text = JSON.stringify({ release, fields }, null, 2);
  writeFileSync(join(root, 'imports', 'crds', 'later-fields.json'), `${text}\n`);
}

keepLaterFields(process.cwd(), process.argv.slice(2));
