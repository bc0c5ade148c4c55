import { findingsOf } from './manifest-case';

test('service-links: a Service cart sets CART_PORT to an address in the pods of cart', () => {
  expect(findingsOf('service-links', 'manifests/service-links')).toEqual([
    expect.stringContaining('CART_PORT'),
  ]);
});

describe('storage', () => {
  test('rwx-local-path: the claim stays Pending', () => {
    expect(findingsOf('access-modes', 'manifests/rwx-local-path')).toEqual([
      expect.stringContaining('it must be ReadWriteOnce or ReadWriteOncePod'),
    ]);
  });

  test.each(['redis-conf', 'redis-shell'])(
    '%s: Redis may hold all of the memory that it is given',
    (name) => {
      expect(findingsOf('redis-maxmemory', `manifests/${name}`)).toEqual([
        expect.stringContaining('maxmemory 256mb'),
      ]);
    },
  );
});
