import { fileURLToPath } from 'node:url';
import { buildVendor } from './bin/build.mjs';

/** What most suites load. A package that is missing here is loaded by jest itself, file by file. */
const packages = [
  '@cdktf/provider-cloudflare/lib/bot-management',
  '@cdktf/provider-cloudflare/lib/data-cloudflare-zone',
  '@cdktf/provider-cloudflare/lib/dns-record',
  '@cdktf/provider-cloudflare/lib/origin-ca-certificate',
  '@cdktf/provider-cloudflare/lib/provider',
  '@cdktf/provider-cloudflare/lib/ruleset',
  '@cdktf/provider-cloudflare/lib/zone-setting',
  'cdk8s',
  'cdk8s-plus-30/lib/imports/k8s',
  'cdktf',
  'commander',
  'constructs',
  'fast-check',
  'fastest-levenshtein',
  'yaml',
  'zod',
];

export default async () => ({
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/transform.cjs' },
  runtime: '<rootDir>/test/support/runtime.cjs',
  testEnvironmentOptions: {
    packages: await buildVendor(fileURLToPath(new URL('.', import.meta.url)), packages),
  },
  moduleNameMapper: { '^@honeydue/infrastructure$': '<rootDir>/lib/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/build/'],
  // A machine that is busy otherwise is no reason to fail.
  testTimeout: 30_000,
  // Half of the suites wait for processes of their own, so every core has a worker.
  maxWorkers: '100%',
  watchPathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/'],
});
