import tests from './jest.config.mjs';

/** `npm run test:cluster`: suites that run against a real control plane, each with its own. */
export default {
  ...tests,
  testMatch: ['<rootDir>/test/real/**/*.cluster.ts'],
  globalSetup: '<rootDir>/test/real/cluster/servers/global-setup.ts',
  testTimeout: 20 * 60_000,
  // A suite waits for servers most of the time.
  maxWorkers: 2,
};
