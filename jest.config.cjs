module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/transform.cjs' },
  moduleNameMapper: { '^@honeydue/infrastructure$': '<rootDir>/lib/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  // Half of the suites wait for processes of their own, so every core has a worker.
  maxWorkers: '100%',
  watchPathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
};
