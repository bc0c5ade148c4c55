import { guaranteesOfLoss } from '../../../examples/drill';
import { deployment, spread } from './cluster';

test("the package's drill says what manifests guarantee when a node is lost", () => {
  expect(guaranteesOfLoss([deployment('cart', { pod: spread('cart') })])).toEqual([
    'cart keeps 2 of 3 pods ready',
    expect.stringMatching(/^cart is fully ready again within /),
  ]);
});
