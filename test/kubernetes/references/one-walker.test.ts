import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../../support/configuration';

/** The fields of a pod by which it reads a ConfigMap or a Secret. */
const fields =
  /\b(secretKeyRef|configMapKeyRef|secretRef|configMapRef|imagePullSecrets|nodePublishSecretRef)\b/;

/** The files that name them, and what for. */
const readers: Readonly<Record<string, string>> = {
  'lib/analysis/impact/nodes/upgrade-concerns.ts': 'asks whether a pod names a pull secret',
  'lib/analysis/rules/configuration/env-var-sources.ts': 'asks that a variable has one source',
  'lib/analysis/rules/configuration/hardcoded-secrets.ts': 'names the field in its fix',
  'lib/kubernetes/references/of-pods.ts': 'walks them for everything else',
  'lib/kubernetes/workloads/variables.ts':
    'reads the values of variables, in the order in which they override each other',
};

test('what a pod reads of ConfigMaps and Secrets is walked in one place', () => {
  const found = ['analysis', 'kubernetes', 'report'].flatMap((folder) =>
    readdirSync(join(root, 'lib', folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .filter((path) => fields.test(readFileSync(path, 'utf8')))
      .map((path) => relative(root, path)),
  );
  expect(found.sort()).toEqual(Object.keys(readers).sort());
});
