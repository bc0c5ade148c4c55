import tests from './jest.config.mjs';

/** The tests of `npm run check` alone: each compiles, installs or starts what takes seconds. */
export default { ...tests, testMatch: ['<rootDir>/test/**/*.gate.ts'] };
