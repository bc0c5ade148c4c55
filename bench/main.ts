import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureDrill, measureGrownDrill } from './drill';
import { exponent, measureGrowth } from './growth';
import { measureImpact } from './impact';
import { findLinters, measureLinters } from './linters';
import { alternate, type Contender } from './measure';
import { measureRules } from './rules';

/**
 * `npm run bench` prints Markdown tables for docs/performance.md, and `npm run bench -- growth rules` some of
 * them. Run it on an idle machine.
 */
const root = join(__dirname, '..');
const edited = join(root, 'lib', 'deployment', 'charts', 'workload.ts');

const warm: Contender = {
  name: 'npm run synth, warm',
  command: ['npm', 'run', '--silent', 'synth'],
  cwd: root,
};
const afterEdit: Contender = {
  name: 'npm run synth, after an edit of a source file',
  command: warm.command,
  cwd: root,
  prepare: () => utimesSync(edited, new Date(), new Date()),
};
const withoutNpm: Contender = {
  name: 'the same without npm: node bin/honeydue.mjs synth',
  command: [process.execPath, 'bin/honeydue.mjs', 'synth'],
  cwd: root,
};
/**
 * The CLI of cdktf needs hundreds of megabytes, so it is not a dependency. Install it elsewhere: `npm install
 * cdktf-cli@0.21.0`.
 */
const cdktf = process.env['CDKTF_CLI'];
const cdk8s = `npx cdk8s synth --output ${join(root, 'build', 'bench')}`;

const stock: Contender = {
  name:
    cdktf === undefined
      ? 'npx cdk8s synth, a plain ts-node app of the Kubernetes side (cdktf is not measured: set CDKTF_CLI to its program)'
      : 'npx cdk8s synth, then cdktf synth: plain ts-node apps of the same objects',
  command: ['sh', '-c', cdktf === undefined ? cdk8s : `${cdk8s} && ${cdktf} synth`],
  cwd: join(root, 'bench', 'stock'),
};

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

const rounds = 9;
const analysed = [100, 400, 1600];

/** The tables, by the names that `npm run bench -- <name>…` takes. */
const tables: Readonly<Record<string, () => void>> = { synth, growth, drill, impact, rules, linters };

function synth(): void {
  const medians = alternate([warm, afterEdit, withoutNpm, stock], rounds);
  const rival = medians.get(stock.name) ?? Number.NaN;
  print(
    `Node ${process.version}, ${cpus().length} cores, medians of ${rounds} alternating runs of the whole process.`,
  );
  print();
  print('| Synth of production | ms | of stock |');
  print('|---|---:|---:|');
  for (const [name, ms] of medians) print(`| ${name} | ${ms.toFixed(0)} | ${(ms / rival).toFixed(2)} |`);
}

function growth(): void {
  const sizes = measureGrowth(root, [100, 400, 1600, 3000], 3);
  print('| Web services, each with its objects, checks and file | s | MiB at the peak | exponent |');
  print('|---:|---:|---:|---:|');
  sizes.forEach((size, index) => {
    const before = sizes[index - 1];
    const power = before === undefined ? '' : exponent(before, size).toFixed(2);
    print(
      `| ${size.services} | ${(size.milliseconds / 1000).toFixed(2)} | ${size.peakMebibytes} | ${power} |`,
    );
  });
}

function drill(): void {
  const { cold, warm: second } = measureDrill(root, rounds);
  print('| Drill of production, after its synth | ms of processor time |');
  print('|---|---:|');
  print(`| cold | ${cold.toFixed(0)} |`);
  print(`| warm | ${second.toFixed(0)} |`);
  print();
  printGrowth('Drill with this number of web services, including its text', (services) =>
    measureGrownDrill(root, services, 1),
  );
}

function impact(): void {
  printGrowth(
    'Impact between two outputs with this number of web services, in which every pod restarts',
    (services) => {
      const { cold, warm: second } = measureImpact(root, services, 1);
      return { cold: cold * 1000, warm: second * 1000 };
    },
  );
}

/** Prints a row for each size, with the growth exponent of the warm times. */
function printGrowth(title: string, measured: (services: number) => { cold: number; warm: number }): void {
  print(`| ${title} | s of processor time, cold | warm | exponent |`);
  print('|---:|---:|---:|---:|');
  let before: { services: number; milliseconds: number } | undefined;
  for (const services of analysed) {
    const { cold, warm: second } = measured(services);
    const size = { services, milliseconds: second };
    const power = before === undefined ? '' : exponent(before, size).toFixed(2);
    print(`| ${services} | ${(cold / 1000).toFixed(2)} | ${(second / 1000).toFixed(2)} | ${power} |`);
    before = size;
  }
}

function rules(): void {
  const times = measureRules(root, [250, 1000], rounds);
  print(
    '| Web services | Objects | All rules, ms of processor time | of parsing the same objects from JSON | exponent |',
  );
  print('|---:|---:|---:|---:|---:|');
  times.forEach(({ services, objects, all, parse }, index) => {
    const before = times[index - 1];
    const power =
      before && exponent({ ...before, milliseconds: before.all }, { services, milliseconds: all });
    print(
      `| ${services} | ${objects} | ${all.toFixed(0)} | ${(all / parse).toFixed(1)} | ${power?.toFixed(2) ?? ''} |`,
    );
  });
  print();
  print(`| The slowest rules, with ${times.at(-1)?.services} web services | ms of processor time |`);
  print('|---|---:|');
  for (const [id, ms] of times.at(-1)?.each.slice(0, 8) ?? []) print(`| ${id} | ${ms.toFixed(0)} |`);
}

/** The linters are built with Go; one that can't be built is left out. */
function linters(): void {
  const schemas = mkdtempSync(join(tmpdir(), 'schemas-'));
  try {
    const found = findLinters(root, schemas);
    for (const sentence of found.missing) print(`Left out: ${sentence}`);
    const names = found.runs.map(({ name }) => name);
    print(
      `| Web services | Objects | ${names.map((name) => `${name}, s | of processor time`).join(' | ')} |`,
    );
    print(`|---:|---:|${names.map(() => '---:|---:').join('|')}|`);
    for (const { services, objects, times } of measureLinters(root, found, analysed)) {
      const cells = names.flatMap((name) => {
        const { seconds = Number.NaN, processor = Number.NaN } = times.get(name) ?? {};
        return [seconds.toFixed(2), processor.toFixed(2)];
      });
      print(`| ${services} | ${objects} | ${cells.join(' | ')} |`);
    }
  } finally {
    rmSync(schemas, { recursive: true });
  }
}

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(tables, name));
if (unknown.length > 0) {
  process.stderr.write(`no such table: ${unknown.join(', ')}; known are ${Object.keys(tables).join(', ')}\n`);
  process.exitCode = 2;
} else {
  Object.entries(tables)
    .filter(([name]) => chosen.length === 0 || chosen.includes(name))
    .forEach(([, table], index) => {
      if (index > 0) print();
      table();
    });
}
