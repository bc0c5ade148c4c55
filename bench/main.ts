import { utimesSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { measureDrill, measureGrownDrill } from './drill';
import { exponent, measureGrowth } from './growth';
import { measureImpact } from './impact';
import { alternate, type Contender } from './measure';
import { measureRules } from './rules';

/** `npm run bench` prints Markdown tables for docs/performance.md. Run it on an idle machine. */
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
const medians = alternate([warm, afterEdit, withoutNpm, stock], rounds);
const rival = medians.get(stock.name) ?? Number.NaN;
print(
  `Node ${process.version}, ${cpus().length} cores, medians of ${rounds} alternating runs of the whole process.`,
);
print();
print('| Synth of production | ms | of stock |');
print('|---|---:|---:|');
for (const [name, ms] of medians) print(`| ${name} | ${ms.toFixed(0)} | ${(ms / rival).toFixed(2)} |`);
print();

const growth = measureGrowth(root, [100, 400, 1600, 3000], 3);
print('| Web services, each with its objects, checks and file | s | MiB at the peak | exponent |');
print('|---:|---:|---:|---:|');
growth.forEach((size, index) => {
  const before = growth[index - 1];
  const power = before === undefined ? '' : exponent(before, size).toFixed(2);
  print(`| ${size.services} | ${(size.milliseconds / 1000).toFixed(2)} | ${size.peakMebibytes} | ${power} |`);
});

const drill = measureDrill(root, rounds);
print();
print('| Drill of production, after its synth | ms of processor time |');
print('|---|---:|');
print(`| cold | ${drill.cold.toFixed(0)} |`);
print(`| warm | ${drill.warm.toFixed(0)} |`);

print();
const analysed = [100, 400, 1600];
printGrowth('Drill with this number of web services, including its text', (services) =>
  measureGrownDrill(root, services, 1),
);
print();
printGrowth(
  'Impact between two outputs with this number of web services, in which every pod restarts',
  (services) => {
    const { cold, warm: second } = measureImpact(root, services, 1);
    return { cold: cold * 1000, warm: second * 1000 };
  },
);

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

const ruleTimes = measureRules(root, [250, 1000], rounds);
print();
print(
  '| Web services | Objects | All rules, ms of processor time | of parsing the same objects from JSON | exponent |',
);
print('|---:|---:|---:|---:|---:|');
ruleTimes.forEach(({ services, objects, all, parse }, index) => {
  const before = ruleTimes[index - 1];
  const power = before && exponent({ ...before, milliseconds: before.all }, { services, milliseconds: all });
  print(
    `| ${services} | ${objects} | ${all.toFixed(0)} | ${(all / parse).toFixed(1)} | ${power?.toFixed(2) ?? ''} |`,
  );
});
print();
print(`| The slowest rules, with ${ruleTimes.at(-1)?.services} web services | ms of processor time |`);
print('|---|---:|');
for (const [id, ms] of ruleTimes.at(-1)?.each.slice(0, 8) ?? []) print(`| ${id} | ${ms.toFixed(0)} |`);
