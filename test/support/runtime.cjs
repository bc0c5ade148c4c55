const { relative } = require('node:path');
const { default: JestRuntime } = require('jest-runtime');
const { deepFreeze } = require('./deep-freeze.cjs');

/** Modules and source maps by file. */
const emptyShare = () => ({ modules: new Map(), sourceMaps: new Map() });
const ofWorker = emptyShare();
const isOurs = (file) => /^(lib|imports|test\/support)\//.test(file);
const isPackage = (file) => file.startsWith('node_modules/');

/** Nothing is shared where sources change between two runs, coverage counts per suite, or the suite has its own realm. */
function shareOf([, { isShared }, , , , , , { watch, watchAll, collectCoverage }]) {
  return watch || watchAll || collectCoverage || !isShared ? emptyShare() : ofWorker;
}

/** The runtime of the suite that runs: a module that an earlier suite loaded may still load others. */
let current;

/** Jest's module system, except that the suites of a worker load `lib` and the packages once (ADR 11). */
module.exports = class Runtime extends JestRuntime {
  constructor(...args) {
    super(...args);
    const { loadModule } = this.cjsLoader;
    this.cjsLoader.loadModule = (module, ...rest) => {
      loadModule.call(this.cjsLoader, module, ...rest);
      this.share(module);
    };
    this.shared = shareOf(args);
    for (const [file, module] of this.shared.modules) this.registries.moduleRegistry.set(file, module);
    for (const [file, map] of this.shared.sourceMaps) this.getSourceMaps().set(file, map);
    current = this;
  }

  /** Our own exports are frozen, so that no suite finds what another has left. */
  share(module) {
    const { filename } = module;
    const file = relative(this._config.rootDir, filename);
    if (this.shared.modules.has(filename) || !(isOurs(file) || isPackage(file))) return;
    if (isOurs(file)) deepFreeze(module.exports);
    this.shared.modules.set(filename, module);
    this.shared.sourceMaps.set(filename, this.getSourceMaps().get(filename));
  }

  requireModuleOrMock(from, name) {
    return current === this ? super.requireModuleOrMock(from, name) : current.requireModuleOrMock(from, name);
  }
};
