/**
 * `npm run mutate [-- <part of a path>]`: changes the code of the rules and of the model of Kubernetes in one place
 * after another, such as a condition that is always true or an empty string, and runs the tests of that code. Prints
 * every change that no test finds, and the score. docs/measurements/mutation.md has the result of the last full run.
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

const analysis = sourcesOf('lib/analysis/rules');
const isRule = (path) => /^lib\/analysis\/rules\/[\w-]+\//.test(path);
const isAsked = (path) => /\/(?!rules|held|package)[\w-]+\.test\.ts$/.test(path);
// Left out: suites of whole configurations and of the package, which take seconds.
const suites = [
  'mutation/document.ts',
  'mutation/rules.ts',
  ...[...sourcesOf('test/analysis/rules'), ...sourcesOf('test/kubernetes')].filter(isAsked),
];
/** The sources, with the tests that run against them. */
const areas = [
  { name: 'rules', sources: analysis.filter(isRule), suites },
  {
    name: 'engine',
    sources: [...analysis.filter((path) => !isRule(path)), ...sourcesOf('lib/kubernetes')],
    suites,
  },
  {
    name: 'agreements',
    sources: sourcesOf('lib/deployment/agreements'),
    suites: ['mutation/document.ts', ...sourcesOf('test/deployment/agreements')],
  },
];

const print = (line) => process.stdout.write(`${line}\n`);

/** Such as `lib/analysis/rules/labels.ts:30:5 survived StringLiteral -> ""`, and the line below. */
function describe({ fileName, location: { start }, status, mutatorName, replacement }) {
  const line = readFileSync(join(root, fileName), 'utf8').split('\n')[start.line].trim();
  const change = `${mutatorName} -> ${replacement.replaceAll(/\s+/g, ' ').slice(0, 80)}`;
  return `${fileName}:${start.line + 1}:${start.column + 1} ${status} ${change}\n    ${line}`;
}

const all = new Map();
for (const { name, sources, suites } of areas) {
  const some = sources.filter((path) => wanted.test(path));
  if (some.length === 0) continue;
  const { texts, mutants } = await mutate(root, some);
  const counts = new Map();
  judge(root, await bundle(root, suites, texts), mutants, (mutant) => {
    for (const each of [counts, all]) each.set(mutant.status, (each.get(mutant.status) ?? 0) + 1);
    if (mutant.status !== 'killed') print(describe(mutant));
  });
  print(scoreOf(name, counts));
}

/** Such as `rules: 4000 mutants, 3800 killed (95.0 %), 200 survived, 0 not executed by a test`. */
function scoreOf(name, counts) {
  const [killed, survived, uncovered] = ['killed', 'survived', 'uncovered'].map(
    (status) => counts.get(status) ?? 0,
  );
  const mutants = killed + survived + uncovered;
  const share = ((100 * killed) / mutants).toFixed(1);
  return `${name}: ${mutants} mutants, ${killed} killed (${share} %), ${survived} survived, ${uncovered} not executed by a test`;
}

if (all.size === 0) {
  process.stderr.write(`no mutated source file has a path that matches ${wanted.source}\n`);
  process.exitCode = 2;
} else {
  print(scoreOf('all', all));
}
