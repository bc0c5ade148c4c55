/**
 * Builds the bundles. This module is imported only after a change, because esbuild takes longer to load than the app.
 */
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { cacheOf, isCurrent, stampsOf } from './cache.mjs';

/** Maximum difference between the modification time of a new file and the clock. */
const CLOCK_LAG_MS = 20;

/**
 * Files that every bundle depends on. An edit inside `node_modules` takes effect only after the next `npm ci`.
 */
const ENVIRONMENT = [
  'bin/build.mjs',
  'bin/cache.mjs',
  'bin/run.mjs',
  'node_modules/.package-lock.json',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
];

const SHARED = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  sourcesContent: false,
  metafile: true,
  write: false,
};

/** Writes the bundles of an entry. @returns false after an error: the message is printed, and the exit code is set */
export async function build(root, entry) {
  if (!statSync(entry, { throwIfNoEntry: false })?.isFile()) return refuse(2, `no such file: ${entry}`);
  let esbuild;
  try {
    // `import` would first parse the whole package to find the names of its exports.
    esbuild = createRequire(join(root, 'package.json'))('esbuild');
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return refuse(1, 'esbuild is not installed: run npm ci');
  }
  const hideProgress = showProgress('Compiling the sources');
  try {
    const { directory, app, vendor } = cacheOf(root, entry);
    mkdirSync(directory, { recursive: true });
    const packages = await bundleApp(esbuild, root, entry, app, vendor);
    if (!hasPackages(vendor, packages) || !isCurrent(root, vendor)) {
      await bundleVendor(esbuild, root, packages, vendor);
    }
    return true;
  } catch (error) {
    // esbuild has already printed its errors, with file, line and column.
    return error.errors?.length ? refuse(1) : refuse(1, error.message);
  } finally {
    hideProgress();
    await esbuild.stop();
  }
}

/** Prints a line on the terminal if the build takes longer than a second. @returns a function that removes the line */
function showProgress(text) {
  if (!process.stderr.isTTY || process.env.CI || process.env.TERM === 'dumb') return () => undefined;
  let clear = '';
  const timer = setTimeout(() => {
    process.stderr.write(text);
    clear = '\r\u001b[2K';
  }, 1000);
  return () => {
    clearTimeout(timer);
    process.stderr.write(clear);
  };
}

function refuse(exitCode, message) {
  if (message !== undefined) process.stderr.write(`bin/run.mjs: ${message}\n`);
  process.exitCode = exitCode;
  return false;
}

/** @returns the packages that the app imports */
async function bundleApp(esbuild, root, entry, app, vendor) {
  const started = Date.now();
  const { metafile, outputFiles } = await esbuild.build({
    ...SHARED,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: app,
    packages: 'external',
    define: { __dirname: JSON.stringify(dirname(entry)), __filename: JSON.stringify(entry) },
    banner: {
      js: `require = ((packages, load) => (id) => Object.hasOwn(packages, id) ? packages[id]() : load(id))(require('./${basename(vendor)}'), require);`,
    },
    // `import()` of a package becomes `require()`: with two copies of cdk8s, `instanceof` would fail between
    // them.
    supported: { 'dynamic-import': false },
    resolveExtensions: ['.ts', '.js', '.json'],
    sourcemap: true,
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) write(path, contents);
  const inputs = watchedFiles(metafile);
  // If a file was edited while esbuild read it, the next run builds again.
  const isOld = (path) =>
    (statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0) < started - CLOCK_LAG_MS;
  if (inputs.every(isOld)) writeState(root, app, inputs, {});
  return importedPackages(metafile, root);
}

/** The source files, and missing files that would be resolved instead of a source file if they were added. */
function watchedFiles(metafile) {
  return Object.keys(metafile.inputs).flatMap((path) =>
    path.endsWith('/index.ts') ? [path, `${dirname(path)}.ts`] : [path],
  );
}

/** The dependencies of the package. Development tools read their own files, so they are not bundled. */
function importedPackages(metafile, root) {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const known = Object.keys({ ...dependencies, ...peerDependencies });
  const paths = Object.values(metafile.inputs)
    .flatMap(({ imports }) => imports.filter(({ external }) => external))
    .map(({ path }) => path);
  return [...new Set(paths)]
    .filter((path) => !isBuiltin(path) && known.some((name) => path === name || path.startsWith(`${name}/`)))
    .sort();
}

function hasPackages(vendor, packages) {
  try {
    return (
      JSON.stringify(JSON.parse(readFileSync(`${vendor}.json`, 'utf8')).packages) === JSON.stringify(packages)
    );
  } catch {
    return false;
  }
}

/** Makes a package load at its first use, as with `require`. */
async function bundleVendor(esbuild, root, packages, vendor) {
  const loaders = packages
    .map((path) => JSON.stringify(path))
    .map((path) => `${path}: () => require(${path})`);
  const { outputFiles } = await esbuild.build({
    ...SHARED,
    absWorkingDir: root,
    stdin: {
      contents: `module.exports = { ${loaders.join(', ')} };`,
      resolveDir: root,
      sourcefile: 'vendor.js',
    },
    outfile: vendor,
    logLevel: 'error',
  });
  for (const { path, contents } of outputFiles) write(path, contents);
  writeState(root, vendor, [], { packages });
}

function writeState(root, bundle, inputs, more) {
  const stamps = stampsOf(root, [...ENVIRONMENT, ...inputs, relative(root, bundle)]);
  write(`${bundle}.json`, JSON.stringify({ ...more, stamps }));
}

/** Writes a file atomically, also if several launchers run at the same time. */
function write(file, data) {
  const unfinished = `${file}.${process.pid}.tmp`;
  writeFileSync(unfinished, data);
  renameSync(unfinished, file);
}
