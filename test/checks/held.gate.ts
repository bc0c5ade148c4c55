import { acceptedOrRefused, sameInAnyOrder } from './any-configuration';

/** How many configurations are tried; `RULES_RUNS=30000 npx jest --config jest.gate.mjs held` takes an hour. */
const runs = Number(process.env['RULES_RUNS'] ?? 12);

describe('any configuration', () => {
  test('gives documents that the API server takes, or is refused at a place', () => acceptedOrRefused(runs));

  test('gives the same bytes in any order of its keys', () => sameInAnyOrder(Math.ceil(runs / 3)));
});
