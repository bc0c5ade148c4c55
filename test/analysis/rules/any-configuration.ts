import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { CheckError, synthesize } from '../../../lib/cli/synthesize';
import { ConfigError } from '../../../lib/input/problem';
import { edited, withConfiguration } from '../../support/configuration';
import { production } from '../../support/production';

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

/** Every place of the configuration, in whatever section. */
function placesOf(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const within = Object.entries(value).flatMap(([key, each]) =>
    placesOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? within : [path, ...within];
}

const places = placesOf(configuration());

/** What somebody may write there, right or wrong; undefined where it is gone. */
const written = fc.oneof(
  fc.constantFrom(undefined, null, true, false, '', 'x', 'yes', '012', [], {}, ['x'], { x: 'x' }),
  fc.constantFrom(0, 1, -1, 2, 3, 24, 1.5, 8080, 65_535, 65_536, 2 ** 53, '3'),
  fc.constantFrom(
    '1m',
    '100m',
    '0.5',
    '1Mi',
    '64Mi',
    '8Gi',
    '512MB',
    '25%',
    '* * * * *',
    '@daily',
    '61 * * * *',
  ),
  fc.constantFrom(
    '10.0.0.0/8',
    '0.0.0.0/0',
    '192.0.2.1',
    '2001:db8::1',
    'a.example.com',
    'A_B',
    'api',
    'redis',
  ),
  fc.record({ unresolved: fc.constantFrom('ask somebody', '') }),
  fc.string({ maxLength: 8 }),
);

/** The configuration synthesizes to what the API server takes, or is refused at places of its own. */
function isTakenOrRefused(data: unknown): void {
  try {
    expect(synthesized(data).report.open).toEqual([]);
  } catch (error) {
    if (error instanceof ConfigError) {
      for (const { place } of error.problems) expect(place.line).toBeGreaterThan(0);
    } else if (error instanceof CheckError) {
      for (const { place, rule, message } of error.findings)
        expect([rule.id, message, place?.line, rule.refusedByServer === true]).toEqual([
          rule.id,
          message,
          expect.any(Number),
          false,
        ]);
    } else throw error;
  }
}

/** Any setting of a workload gives documents that the API server takes, or is refused at a place: so many are tried. */
export function acceptedOrRefused(numRuns: number): void {
  fc.assert(
    fc.property(fc.constantFrom('api', 'admin', 'web'), setting, (workload, [key, value]) => {
      const data = configuration();
      const of = (data['workloads'] as Data)[workload] as Data;
      Object.defineProperty(of, key, { value, enumerable: true, configurable: true, writable: true });
      isTakenOrRefused(data);
    }),
    { numRuns },
  );
}

/** So does any value of any section that is taken away, or written otherwise. */
export function acceptedOrRefusedAnywhere(numRuns: number): void {
  fc.assert(
    fc.property(fc.constantFrom(...places), written, (path, value) => {
      const data = configuration();
      const parent = path.slice(0, -1).reduce<Data>((each, step) => each[step] as Data, data);
      const last = path.at(-1) ?? '';
      if (value !== undefined) parent[last] = value;
      else if (Array.isArray(parent)) parent.splice(Number(last), 1);
      else delete parent[last];
      isTakenOrRefused(data);
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
