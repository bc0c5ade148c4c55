export default {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/transform.cjs' },
  runtime: '<rootDir>/test/support/runtime.cjs',
  moduleNameMapper: {
    '^@honeydue/infrastructure$': '<rootDir>/lib/index.ts',
    '^@honeydue/infrastructure/(.+)$': '<rootDir>/lib/api/$1.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  // A machine that is busy otherwise is no reason to fail.
  testTimeout: 30_000,
  // Half of the suites wait for processes of their own, so every core has a worker.
  maxWorkers: '100%',
  watchPathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
};
