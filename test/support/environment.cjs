const { AsyncLocalStorage } = require('node:async_hooks');
const { TestEnvironment } = require('jest-environment-node');

/** What packages keep in the global object for as long as the process lives. */
const ofPackages = /^__(cdktf|zod_)/;
/** What `expect` is extended by; jest's own property, which nobody can delete. */
const matchers = Symbol.for('$$jest-matchers-object');

/** What jest-circus makes for each suite and never disables: every promise would hand on those of all suites before. */
const storages = new Set();
const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function remembered(...args) {
  storages.add(this);
  return run.apply(this, args);
};

/** What a suite adds to the global object, and what it changes of the process' environment, ends with it. */
class SharedEnvironment extends TestEnvironment {
  isShared = true;

  constructor(config, context) {
    super(config, context);
    const { env, exit } = this.global.process;
    // A developer's tokens would let a test reach a service.
    for (const name of ['HCLOUD_TOKEN', 'CLOUDFLARE_API_TOKEN']) delete env[name];
    this.pristine = { keys: new Set(Reflect.ownKeys(this.global)), env: { ...env }, exit };
  }

  async teardown() {
    const { global, pristine } = this;
    for (const storage of storages) storage.disable();
    storages.clear();
    this.fakeTimers.useRealTimers();
    this.fakeTimersModern.useRealTimers();
    Object.assign(global[matchers], { customEqualityTesters: [], matchers: Object.create(null) });
    for (const key of Reflect.ownKeys(global)) {
      if (!pristine.keys.has(key) && !ofPackages.test(String(key))) Reflect.deleteProperty(global, key);
    }
    const { env } = global.process;
    global.process.exit = pristine.exit;
    for (const name of Object.keys(env)) delete env[name];
    Object.assign(env, pristine.env);
  }
}

let ofWorker;

/** One realm for all suites of a worker, so that they can share modules (`runtime.cjs`). Jest constructs one for each. */
module.exports = function Environment(config, context) {
  ofWorker ??= new SharedEnvironment(config, context);
  return ofWorker;
};
