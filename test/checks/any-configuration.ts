import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { apiServerRules } from '../../lib/checks/rules';
import { CheckError, synthesize } from '../../lib/cli/synthesize';
import { ConfigError } from '../../lib/config/problem';
import { edited, withConfiguration } from '../support/configuration';
import { production } from '../support/production';

type Data = Record<string, unknown>;

const configuration = (): Data => parse(edited([])) as Data;

/** The same data with the keys of every map in another order. */
function shuffled(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]) => ({ key, each, place: random() }));
  return Object.fromEntries(
    entries.sort((a, b) => a.place - b.place).map(({ key, each }) => [key, shuffled(each, random)]),
  );
}

const synthesized = (data: unknown) =>
  withConfiguration(stringify(data, { aliasDuplicateObjects: false }), (path) => synthesize(path));

/** One setting of a workload, right or wrong; YAML can hold all of them. */
const setting = fc.oneof(
  fc.tuple(
    fc.constantFrom('replicas', 'minAvailable', 'port'),
    fc.oneof(fc.integer({ min: -1, max: 70_000 }), fc.constantFrom('3', null, 1.5)),
  ),
  fc.tuple(fc.constant('user'), fc.integer({ min: -1, max: 70_000 })),
  fc.tuple(
    fc.constant('resources'),
    fc.record({
      cpu: fc.record({
        request: fc.constantFrom('1m', '100m', '0.5', '8'),
        limit: fc.constantFrom('100m', '1', '0'),
      }),
      memory: fc.record({
        request: fc.constantFrom('1Mi', '128Mi', '64Gi'),
        limit: fc.constantFrom('128Mi', '1Gi', '512MB'),
      }),
    }),
  ),
  fc.tuple(
    fc.constant('environment'),
    fc.dictionary(
      fc.constantFrom('A', 'B_1', '1C', 'PORT', 'D E'),
      fc.constantFrom('e0', '012', 'yes', '', '~'),
    ),
  ),
  fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.constantFrom(1, 'x', true)),
);

/** Any configuration gives documents that the API server takes, or is refused at a place: so many are tried. */
export function acceptedOrRefused(numRuns: number): void {
  fc.assert(
    fc.property(fc.constantFrom('api', 'admin', 'web'), setting, (workload, [key, value]) => {
      const data = configuration();
      const of = (data['workloads'] as Data)[workload] as Data;
      Object.defineProperty(of, key, { value, enumerable: true, configurable: true, writable: true });
      try {
        expect(synthesized(data).report.open).toEqual([]);
      } catch (error) {
        if (error instanceof ConfigError) {
          for (const { place } of error.problems) expect(place.line).toBeGreaterThan(0);
        } else if (error instanceof CheckError) {
          for (const { place, rule } of error.findings) {
            expect([rule.id, place?.line]).toEqual([rule.id, expect.any(Number)]);
            expect(apiServerRules).not.toContain(rule);
          }
        } else throw error;
      }
    }),
    { numRuns },
  );
}

/** The configuration gives the same bytes in any order of its keys: so many are tried. */
export function sameInAnyOrder(numRuns: number): void {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 31 - 2 }), (seed) => {
      let state = seed;
      // Park and Miller's generator: a counterexample is one number.
      const random = () => {
        state = (state * 16_807) % (2 ** 31 - 1);
        return state;
      };
      expect(synthesized(shuffled(configuration(), random)).files).toEqual(production.files);
    }),
    { numRuns },
  );
}
