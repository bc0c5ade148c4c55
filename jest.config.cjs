/** Modules are shared between test files and nothing is mocked: see CONTRIBUTING.md. */
module.exports = {
  runner: 'jest-light-runner',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  watchPathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
};
