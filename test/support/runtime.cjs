const { readFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { relative } = require('node:path');
const { Script } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');
const { deepFreeze } = require('./deep-freeze.cjs');

/** What suites share: modules and source maps by file, and the packages of jest.config.mjs. */
const emptyShare = () => ({ modules: new Map(), sourceMaps: new Map(), packages: undefined });
const ofWorker = emptyShare();
const isShareable = (file) => /^(lib|imports|test\/support)\//.test(file);

/** Nothing, where sources change between two runs, suites count for themselves, one replaces modules or has its own realm. */
function shareOf([, { isShared }, , , sources, , suite, { watch, watchAll, collectCoverage }]) {
  const replaces = /\bjest\.(mock|doMock|setMock)\(/.test(sources.get(suite));
  return watch || watchAll || collectCoverage || replaces || !isShared ? emptyShare() : ofWorker;
}

/** The suite that runs: what an earlier one loaded may still load more. */
let current;

/** What V8 compiled, by file: code alone. Jest compiles its own files for each suite, half of the time of a short one. */
const compiled = new Map();

function compile(filename, code, prefix = '', suffix = '') {
  const known = compiled.get(filename);
  if (known?.code === code) return known.script;
  const source = prefix + code + suffix;
  const script = new Script(source, { filename, columnOffset: -prefix.length });
  compiled.set(filename, { code, script });
  return script;
}

/**
 * Jest's module system, but that the suites of a worker load `lib` once (ADR 11), and the packages from one bundle: 20
 * ms a suite instead of 1,000, and of 380 for 500 files that are looked for, read and compiled.
 */
module.exports = class Runtime extends JestRuntime {
  constructor(...args) {
    const shared = shareOf(args); // Before jest forgets the sources.
    super(...args);
    const parameters = this.executor.injectedModuleParameters;
    const prefix = `({"Object.<anonymous>":function(${parameters}){`;
    this.executor.compile = (code, filename) => {
      const script = compile(filename, code, prefix, '\n}})');
      return script.runInContext(this._environment.getVmContext())['Object.<anonymous>'];
    };
    const { loadModule } = this.cjsLoader;
    this.cjsLoader.loadModule = (module, ...rest) => {
      loadModule.call(this.cjsLoader, module, ...rest);
      this.share(module);
    };
    this.shared = shared;
    for (const [file, module] of shared.modules) this.registries.moduleRegistry.set(file, module);
    for (const [file, map] of shared.sourceMaps) this.getSourceMaps().set(file, map);
    current = this;
  }

  /** Frozen, so that no suite finds what another has left. */
  share(module) {
    const { filename: file } = module;
    if (this.shared.modules.has(file) || !isShareable(relative(this._config.rootDir, file))) return;
    deepFreeze(module.exports);
    this.shared.modules.set(file, module);
    this.shared.sourceMaps.set(file, this.getSourceMaps().get(file));
  }

  requireModuleOrMock(from, name) {
    if (current !== this) return current.requireModuleOrMock(from, name);
    this.shared.packages ??= this.evaluate();
    return this.isBundled(from, name) ? this.shared.packages[name]() : super.requireModuleOrMock(from, name);
  }

  evaluate() {
    const { rootDir, testEnvironmentOptions } = this._config;
    const filename = testEnvironmentOptions.packages;
    const module = { exports: {} };
    const load = (name) => current.requireModule(filename, name);
    const script = compile(filename, compiled.get(filename)?.code ?? readFileSync(filename, 'utf8'));
    script.runInContext(this._environment.getVmContext())(module.exports, load, module, filename, rootDir);
    return module.exports;
  }

  /** A package may have another version of one below its own directory. */
  isBundled(from, name) {
    if (!Object.hasOwn(this.shared.packages, name)) return false;
    if (!from.includes('/node_modules/')) return true;
    const fromRoot = createRequire(`${this._config.rootDir}/package.json`);
    return createRequire(from).resolve(name) === fromRoot.resolve(name);
  }
};
