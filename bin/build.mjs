/** The launcher's slow path, imported only when something changed: esbuild takes longer to load than the app. */
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire, isBuiltin } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { cacheOf, prepareDirectory, readBundle, sealBundle, shortDigest, stampOf, write } from './cache.mjs';

/** Compilers that look for files beside their own. */
const UNBUNDLED = new Set(['esbuild', 'typescript']);
/** How far a file's time may lag behind the clock. */
const CLOCK_LAG_MS = 20;

const SHARED = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  // Bundling renames a class that mentions itself: cdk8s would speak of `_Chart`.
  keepNames: true,
  write: false,
  banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
  footer: { js: '})' },
};

/** The bundles of an entry, or undefined when the reason has been printed and the exit code is set. */
export async function build({ root, directory, prefix, entry, appFile }) {
  if (!statSync(entry, { throwIfNoEntry: false })?.isFile()) return refuse(2, `no such file: ${entry}`);
  let esbuild;
  try {
    esbuild = loadEsbuild(root);
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
    return refuse(1, 'esbuild is not installed: run npm ci');
  }
  try {
    prepareDirectory(directory, prefix);
    const { code, map, inputs, packages } = await bundleApp(esbuild, root, entry);
    const vendorFile = join(directory, vendorName(prefix, packages));
    const vendor = readBundle(vendorFile) ?? (await bundleVendor(esbuild, root, packages, vendorFile));
    const app = sealBundle(appFile, { inputs, vendor: basename(vendorFile) }, code);
    write(`${appFile}.map`, map);
    write(appFile, app.text);
    return { app, vendor };
  } catch (error) {
    // esbuild has printed the errors that it found in the sources, with file, line and column.
    return error.errors?.length ? refuse(1) : refuse(1, error.message);
  } finally {
    await esbuild.stop();
  }
}

/** The file of a bundle of packages alone: what jest evaluates for each suite. */
export async function buildVendor(root, packages) {
  const { directory, prefix } = cacheOf(root);
  const file = join(directory, vendorName(prefix, packages));
  if (readBundle(file) !== undefined) return file;
  const esbuild = loadEsbuild(root);
  prepareDirectory(directory, prefix);
  await bundleVendor(esbuild, root, packages, file);
  await esbuild.stop();
  return file;
}

/** Not by `import`, which would read all of it for the names of its exports first. */
const loadEsbuild = (root) => createRequire(join(root, 'package.json'))('esbuild');

const vendorName = (prefix, packages) => `${prefix}vendor-${shortDigest(packages)}.cjs`;

function refuse(exitCode, message) {
  if (message !== undefined) process.stderr.write(`bin/run.mjs: ${message}\n`);
  process.exitCode = exitCode;
  return undefined;
}

async function bundleApp(esbuild, root, entry) {
  const started = Date.now();
  const { metafile, outputFiles } = await esbuild.build({
    ...SHARED,
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(root, 'app.cjs'),
    packages: 'external',
    // `import()` of a package becomes `require()`: two copies of cdk8s would not know each other's classes.
    supported: { 'dynamic-import': false },
    resolveExtensions: ['.ts', '.js', '.json'],
    metafile: true,
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'warning',
  });
  const [map, script] = outputFiles;
  return {
    // A hashbang is only allowed where the seal is.
    code: keepClassNames(shareNamespaces(script.text.replace(/^#!/, '//'))),
    map: map.contents,
    inputs: Object.fromEntries(
      watchedFiles(metafile).map((path) => [path, stampSince(join(root, path), started)]),
    ),
    packages: importedPackages(metafile, root),
  };
}

/**
 * As TypeScript has it: the exports of an ES module are its namespace. esbuild's helper copies them for every file
 * that imports them, and the 600 of cdk8s-plus-30's k8s take 10 ms of a synth.
 */
function shareNamespaces(code) {
  const helper = /(var __toESM\s*=\s*\((\w+),\s*(\w+),\s*\w+\)\s*=>\s*)/;
  return rewriteHelper(code, '__toESM', helper, '$1!$3 && $2 && $2.__esModule ? $2 : ');
}

/**
 * esbuild's helper gives every function its name again, each time that one is made: 5 % of a drill. Only classes are asked
 * for theirs; the functions' stand in stacks, where the bundle's do as well.
 */
function keepClassNames(code) {
  const helper = /(var __name)(\s*=\s*)(?=\(\w+,\s*\w+\)\s*=>\s*__defProp\()/;
  const rewritten = rewriteHelper(code, '__name', helper, '$1=(target)=>target;$1Class$2');
  return rewritten.replace(/(\bstatic\s*\{\s*__name)(?=\(this,)/g, '$1Class');
}

/** Parameters by any name: esbuild renames them where the code has such names of its own. */
function rewriteHelper(code, name, pattern, replacement) {
  if (!code.includes(`var ${name}`)) return code;
  if (pattern.test(code)) return code.replace(pattern, replacement);
  throw new Error(
    `esbuild writes its helper ${name} in another way than bin/build.mjs expects: mend rewriteHelper`,
  );
}

/** The sources, and what would win over one of them if it were added. */
function watchedFiles(metafile) {
  return Object.keys(metafile.inputs).flatMap((path) =>
    path.endsWith('/index.ts') ? [path, `${dirname(path)}.ts`] : [path],
  );
}

/** A file that was edited while esbuild read it gets no stamp that holds: the next run reads it again. */
function stampSince(path, started) {
  const stamp = stampOf(path);
  return stamp !== null && Number(stamp.split(' ')[1]) > started - CLOCK_LAG_MS ? 'edited' : stamp;
}

/** What is not installed is left to the real `require`, whose error says so. */
function importedPackages(metafile, root) {
  const { resolve } = createRequire(join(root, 'package.json'));
  const isInstalled = (path) => {
    try {
      return resolve(path) !== undefined;
    } catch {
      return false;
    }
  };
  const external = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter((one) => one.external),
  );
  const paths = new Set(external.map(({ path }) => path));
  return [...paths].filter((path) => !isBuiltin(path) && !UNBUNDLED.has(path) && isInstalled(path)).sort();
}

/** Each package is evaluated when it is first asked for, as `require` would. */
async function bundleVendor(esbuild, root, packages, file) {
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
    // Fewer bytes to read and to hash; names stay, and short lines keep node's excerpt of an error readable.
    minifyWhitespace: true,
    lineLimit: 160,
    plugins: [keepDirectories],
    logLevel: 'error',
  });
  const vendor = sealBundle(file, {}, keepClassNames(outputFiles[0].text));
  write(file, vendor.text);
  return vendor;
}

/** Comments and the directive, which counts only as the first statement. */
const PROLOGUE = /^(?:#!.*\n)?(?:(?:\s|\/\/.*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*(['"])use strict\1;?)?/;

/** Packages find files of their own by `__dirname`, which in a bundle would be that of the entry. */
const keepDirectories = {
  name: 'keep-directories',
  setup(bundle) {
    bundle.onLoad({ filter: /\.c?js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      // An ES module has no such names, unless it declares them.
      if (!/\b__(?:dir|file)name\b/.test(text) || /\bimport\.meta\b/.test(text)) return undefined;
      const names = `var __filename=${JSON.stringify(path)},__dirname=${JSON.stringify(dirname(path))};`;
      return { contents: text.replace(PROLOGUE, (prologue) => prologue + names) };
    });
  },
};
