import { versionLabel } from '../../../lib/constructs/parts/identity';

describe("the version's label", () => {
  test.each([
    ['registry.example.com/shop/cart:v2@sha256:abc', 'v2'],
    ['redis:7-alpine', '7-alpine'],
    ['registry.example.com:5000/shop/cart:v2', 'v2'],
  ])('of %s is %s', (image, version) => {
    expect(versionLabel(image)).toEqual({ 'app.kubernetes.io/version': version });
  });

  test.each([
    'redis',
    'registry.example.com:5000/shop/cart',
    'redis@sha256:abc',
    'redis:7-',
    `redis:${'7'.repeat(64)}`,
  ])('is left out where there is none that a label could hold: %s', (image) => {
    expect(versionLabel(image)).toEqual({});
  });
});
