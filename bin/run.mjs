/**
 * Starts a TypeScript entry without a type check: `node bin/run.mjs <entry.ts> [arguments...]`.
 *
 * The app is one bundle and the packages it imports are another, both kept below `node_modules/.cache` with the
 * code that V8 compiled from them. A warm start only asks whether a source has changed, and runs them.
 */
import { readFileSync } from 'node:fs';
import { createRequire, SourceMap } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { cacheOf, HEADER_LINES, readBundle, readCodeCache, stampOf, writeCodeCache } from './cache.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What was compiled, by the digests of the bundles. */
const compiled = new Map();

const [argument, ...words] = process.argv.slice(2);
/** Commands call different functions, and what one compiles is kept for it alone; its help calls next to none. */
const isHelp = words.some((word) => word === '--help' || word === '-h');
const command = !isHelp && /^[a-z]+$/.test(words[0] ?? '') ? words[0] : 'any';

if (argument === undefined) {
  process.stderr.write('usage: node bin/run.mjs <entry.ts> [arguments...]\n');
  process.exitCode = 2;
} else {
  const entry = resolve(root, argument);
  const bundles = await bundlesOf(entry);
  // Outside of this module's evaluation, whose promise would turn what the app throws into a rejection.
  if (bundles !== undefined) setImmediate(run, entry, bundles);
}

async function bundlesOf(entry) {
  const { directory, prefix } = cacheOf(root);
  const appFile = join(directory, `${prefix}app-${encodeURIComponent(relative(root, entry))}.cjs`);
  const app = readBundle(appFile);
  if (app !== undefined && isCurrent(app)) {
    const vendor = readBundle(join(directory, app.facts.vendor));
    if (vendor !== undefined) return { app, vendor };
  }
  const { build } = await import('./build.mjs');
  const building = build({ root, directory, prefix, entry, appFile });
  // esbuild works in a process of its own. Meanwhile this one compiles the packages, most likely the same as before.
  const vendor = app && readBundle(join(directory, app.facts.vendor));
  if (vendor !== undefined) compile(vendor);
  return building;
}

function isCurrent({ facts }) {
  return Object.entries(facts.inputs).every(([path, stamp]) => stampOf(join(root, path)) === stamp);
}

function run(entry, { app, vendor }) {
  process.argv.splice(1, 2, entry);
  mapStacksOf(app);
  const fromEntry = createRequire(entry);
  const main = { exports: {}, id: '.', filename: entry, path: dirname(entry), children: [], loaded: false };
  const packages = { exports: {} };
  const require = (id) => (Object.hasOwn(packages.exports, id) ? packages.exports[id]() : fromEntry(id));
  Object.assign(require, fromEntry, { main });
  evaluate(vendor)(packages.exports, fromEntry, packages, entry, main.path);
  evaluate(app).call(main.exports, main.exports, require, main, entry, main.path);
  main.loaded = true;
}

function compile(bundle) {
  if (!compiled.has(bundle.digest)) compiled.set(bundle.digest, compileAnew(bundle));
  return compiled.get(bundle.digest);
}

function compileAnew(bundle) {
  const cachedData = readCodeCache(bundle, command);
  const script = new vm.Script(bundle.text, {
    filename: bundle.file,
    cachedData,
    importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const isCached = cachedData !== undefined && !script.cachedDataRejected;
  return { script, isCached };
}

/** The function that a bundle consists of. */
function evaluate(bundle) {
  const { script, isCached } = compile(bundle);
  // At the exit, when it holds the functions that the run has called: one that ended early has called few.
  if (!isCached) {
    process.on('exit', (code) => {
      if (code === 0) writeCodeCache(bundle, command, script.createCachedData());
    });
  }
  return script.runInThisContext();
}

/** Names the sources in the stack of an error that nothing caught; the monitor changes nothing else. */
function mapStacksOf(app) {
  process.on('uncaughtExceptionMonitor', (error) => {
    try {
      const map = readMap(`${app.file}.map`);
      const seen = new Set();
      for (let one = error; one instanceof Error && !seen.has(one); one = one.cause) {
        seen.add(one);
        one.stack = mapStack(one.stack, app.file, map);
      }
    } catch {
      // No map, or an error that cannot be written to: the stack names the bundle.
    }
  });
}

/** esbuild's map is for what it wrote, with paths relative to the root; the stored bundle has a header. */
function readMap(file) {
  const { mappings, sources, ...rest } = JSON.parse(readFileSync(file, 'utf8'));
  return new SourceMap({
    ...rest,
    mappings: ';'.repeat(HEADER_LINES) + mappings,
    sources: sources.map((source) => join(root, source)),
  });
}

function mapStack(stack, file, map) {
  return stack
    .split(file)
    .map((part, index) => {
      const position = index > 0 && /^:(\d+):(\d+)/.exec(part);
      if (!position) return index > 0 ? file + part : part;
      const origin = map.findEntry(Number(position[1]) - 1, Number(position[2]) - 1);
      if (origin.originalSource === undefined) return file + part;
      const { originalSource, originalLine, originalColumn } = origin;
      return `${originalSource}:${originalLine + 1}:${originalColumn + 1}${part.slice(position[0].length)}`;
    })
    .join('');
}
