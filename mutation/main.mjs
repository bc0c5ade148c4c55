/**
 * `npm run mutate [-- <part of a path>]`: plants one slip after another into lib/checks, such as a condition that is
 * always true or a text that is empty, and asks the tests of lib/checks whether they notice. Prints every slip that none
 * notices, and the score. docs/mutation.md says what the last whole run found.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge } from './judge.mjs';
import { bundle, mutate } from './program.mjs';

const root = join(import.meta.dirname, '..');
const wanted = new RegExp(process.argv[2] ?? '');

function sourcesOf(folder) {
  const names = readdirSync(join(root, folder), { recursive: true }).filter((name) => name.endsWith('.ts'));
  return names.map((name) => join(folder, name)).sort();
}

const isAgreement = (path) => path.startsWith('lib/checks/agreement/');
const checks = sourcesOf('lib/checks');
/** Sources, and the tests that are asked about them. */
const programs = [
  {
    sources: checks.filter((path) => !isAgreement(path)),
    suites: ['mutation/rules.ts', 'test/checks/run.test.ts', 'test/checks/kubernetes-schema.test.ts'],
  },
  { sources: checks.filter(isAgreement), suites: sourcesOf('test/checks/agreement') },
];

const print = (line) => process.stdout.write(`${line}\n`);

/** `lib/checks/rules/labels.ts:30:5 survived: "x" -> "" in: the line` */
function describe({ fileName, location: { start }, status, mutatorName, replacement }) {
  const line = readFileSync(join(root, fileName), 'utf8').split('\n')[start.line].trim();
  const change = `${mutatorName} -> ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`;
  return `${fileName}:${start.line + 1}:${start.column + 1} ${status} ${change}\n    ${line}`;
}

const counts = { killed: 0, survived: 0, uncovered: 0 };
for (const { sources, suites } of programs) {
  const some = sources.filter((path) => wanted.test(path));
  if (some.length === 0) continue;
  const { texts, mutants } = await mutate(root, some);
  const script = await bundle(root, suites, texts);
  judge(root, script, mutants, (mutant) => {
    counts[mutant.status] += 1;
    if (mutant.status !== 'killed') print(describe(mutant));
  });
}

const all = counts.killed + counts.survived + counts.uncovered;
if (all === 0) {
  process.stderr.write(`no source of lib/checks has a mutant and a path like ${wanted.source}\n`);
  process.exitCode = 2;
} else {
  const score = ((100 * counts.killed) / all).toFixed(1);
  print(
    `${all} mutants: ${counts.killed} killed, ${counts.survived} survived, ${counts.uncovered} not covered by any test; score ${score} %`,
  );
}
