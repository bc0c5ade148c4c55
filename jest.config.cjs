/** Modules are shared between test files and nothing is mocked: see CONTRIBUTING.md. */
module.exports = {
  // Worker threads don't get tsx's loader on Node 20; child processes do.
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  // Half of the suites wait for processes of their own, so every core has a worker.
  maxWorkers: '100%',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  watchPathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
};
