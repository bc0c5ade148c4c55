import { acceptedOrRefused, acceptedOrRefusedAnywhere, sameInAnyOrder } from './any-configuration';

/**
 * How many configurations are tried: 40, of which 12 have a workload's setting otherwise, 24 any value of any section,
 * and 4 their keys in another order. `RULES_RUNS=10000 npm test -- --config jest.gate.mjs held --testTimeout 9000000` takes
 * an hour.
 */
const runs = Number(process.env['RULES_RUNS'] ?? 12);

describe('any configuration', () => {
  test('gives documents that the API server takes, or is refused at a place', () => acceptedOrRefused(runs));

  test('with any value of any section taken away, or written otherwise, is taken or refused too', () =>
    acceptedOrRefusedAnywhere(2 * runs));

  test('gives the same bytes in any order of its keys', () => sameInAnyOrder(Math.ceil(runs / 3)));
});
