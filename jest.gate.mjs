import tests from './jest.config.mjs';

/** The tests of `npm run check` alone: each compiles, installs or starts what takes seconds. */
export default async () => ({ ...(await tests()), testMatch: ['<rootDir>/test/**/*.gate.ts'] });
