/**
 * Runs a TypeScript file without a type check: `node bin/run.mjs <entry.ts> [arguments...]`.
 *
 * esbuild writes two bundles below `node_modules/.cache`: the app, and the packages that the app uses. A warm start only
 * checks whether a source file has changed, and runs the bundle (ADR 2).
 */
import module, { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheOf, isCurrent } from './cache.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [argument, ...words] = process.argv.slice(2);

if (argument === undefined) {
  process.stderr.write('usage: node bin/run.mjs <entry.ts> [arguments...]\n');
  process.exitCode = 2;
} else {
  const entry = resolve(root, argument);
  const cache = cacheOf(root, entry);
  const isReady = isCurrent(root, cache.app) || (await (await import('./build.mjs')).build(root, entry));
  // Starts after this module is evaluated: before that, an error of the app would become an unhandled rejection.
  if (isReady) setImmediate(run, entry, cache);
}

function run(entry, { app, v8 }) {
  process.argv.splice(1, Number.POSITIVE_INFINITY, entry, ...words);
  // Node 22 and later.
  module.enableCompileCache?.(v8);
  process.once('uncaughtExceptionMonitor', () => {
    process.stderr.write('NODE_OPTIONS=--enable-source-maps shows the lines of the sources.\n');
  });
  createRequire(entry)(app);
}
