import { terraformApp } from '../../../lib/deployment/stacks/app';
import { production } from '../../support/production';

test('an error in a stack tells where it was thrown', () => {
  const hetzner = new Proxy({} as never, {
    get: () => {
      throw new Error('nothing is stated');
    },
  });
  let thrown: unknown;
  try {
    terraformApp({ model: { ...production.model, hetzner } });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toHaveProperty('stack', expect.stringContaining('app.test'));
});

test("errors after a stack's have their stack", () => {
  terraformApp({ model: production.model });
  expect(new Error('later').stack).toContain('app.test');
});
