import { madeFrom, traceBack } from '../../../lib/constructs/parts/provenance';

const configuration = { web: { port: 80, limits: { memory: '1Gi' } } };
const placeOf = (object: object) => (object === configuration.web ? ['web'] : undefined);

test('a field leads to the prop that it is made from', () => {
  const part = madeFrom({ containerPort: 80 }, configuration.web, { containerPort: ['port'] });
  expect(traceBack({ ports: [part] }, ['ports', 0, 'containerPort'], placeOf)).toEqual(['web', 'port']);
});

test('below a field the steps go on where the props have the same keys', () => {
  const part = madeFrom({ resources: {} }, configuration.web, { resources: ['limits'] });
  const steps = ['resources', 'memory', 'unknown'];
  expect(traceBack(part, steps, placeOf)).toEqual(['web', 'limits', 'memory']);
});

test('props that are made from others lead further', () => {
  const props = madeFrom({ port: 80 }, configuration.web, { port: ['port'] });
  const part = madeFrom({ containerPort: 80 }, props, { containerPort: ['port'] });
  expect(traceBack(part, ['containerPort'], placeOf)).toEqual(['web', 'port']);
});

test('the innermost part decides', () => {
  const inner = madeFrom({ memory: '1Gi' }, configuration.web, ['limits', 'memory']);
  const outer = madeFrom({ inner }, configuration.web, { inner: ['port'] });
  expect(traceBack(outer, ['inner', 'memory'], placeOf)).toEqual(['web', 'limits', 'memory']);
});

test('an object of the configuration itself is its own place', () => {
  expect(traceBack({ spec: configuration.web }, ['spec', 'limits', 'memory'], placeOf)).toEqual([
    'web',
    'limits',
    'memory',
  ]);
});

test('a value that nothing is recorded of leads nowhere', () => {
  expect(traceBack({ metadata: { name: 'web' } }, ['metadata', 'name'], placeOf)).toBeUndefined();
});
