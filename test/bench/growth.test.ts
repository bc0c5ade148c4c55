import { growthConfiguration } from '../../bench/growth-configuration';
import { impact } from '../../lib/analysis/impact/impact';
import { outputOf } from '../../lib/cli/output';
import { synthesize } from '../../lib/cli/synthesize';
import { topologyOf } from '../../lib/deployment/model/addresses';
import { root, withConfiguration } from '../support/configuration';
import { elementsWalked } from './elements-walked';

const [few, many] = [30, 90];

/** What an impact of two equal outputs walks. */
function workOf(services: number): number {
  const { deployment, lock } = growthConfiguration(root, services);
  const synthesis = withConfiguration(deployment, synthesize, lock);
  const output = outputOf(synthesis);
  return elementsWalked(() => impact(output, output, topologyOf(synthesis.model)));
}

test('the work of an impact grows in proportion to the services', () => {
  expect(workOf(many) / workOf(few)).toBeLessThan(many / few);
});
