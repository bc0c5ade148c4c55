import { growthConfiguration } from '../../bench/growth-configuration';
import { Drill } from '../../lib/analysis/drill/drill';
import { impact } from '../../lib/analysis/impact/impact';
import { outputOf } from '../../lib/cli/output';
import { type Synthesis, synthesize } from '../../lib/cli/synthesize';
import { drillFacts } from '../../lib/deployment/checks/drill-facts';
import { topologyOf } from '../../lib/deployment/model/addresses';
import { drillText } from '../../lib/report/drill';
import { root, withConfiguration } from '../support/configuration';
import { elementsWalked } from './elements-walked';

/** Sizes with equal steps. Linear work grows by the same amount at each step. */
const sizes = [40, 80, 120] as const;
const [small, middle, large] = sizes.map((services) => {
  const { deployment, lock } = growthConfiguration(root, services);
  return withConfiguration(deployment, synthesize, lock);
}) as [Synthesis, Synthesis, Synthesis];

/** The exponent of the growth of the work that depends on the number of services. */
function exponentOf(work: (synthesis: Synthesis) => unknown): number {
  const [few, more, most] = [small, middle, large].map((each) => elementsWalked(() => work(each))) as [
    number,
    number,
    number,
  ];
  // For a + b n^e the quotient of both steps is (3^e - 2^e) / (2^e - 1).
  const steps = (most - more) / (more - few);
  const exponents = Array.from({ length: 300 }, (_, index) => index / 100);
  return exponents.find((e) => (3 ** e - 2 ** e) / (2 ** e - 1) >= steps) ?? Number.POSITIVE_INFINITY;
}

const drillOf = ({ documents, model }: Synthesis) =>
  Drill.of(
    documents.map(({ object }) => object),
    drillFacts(model),
  );

test('the work of an impact grows in proportion to the services', () => {
  const equal = (synthesis: Synthesis) =>
    impact(outputOf(synthesis), outputOf(synthesis), topologyOf(synthesis.model));
  expect(exponentOf(equal)).toBeLessThan(1.15);
});

test('the work of a drill and of its text grows in proportion to the services', () => {
  expect(exponentOf((synthesis) => drillText(drillOf(synthesis), () => undefined))).toBeLessThan(1.15);
});

test('the text of a drill grows in proportion to the services', () => {
  const [few, more, most] = [small, middle, large].map(
    (each) => drillText(drillOf(each), () => undefined).length,
  ) as [number, number, number];
  // The names get longer. A matrix of all workloads would give 1.67.
  expect((most - more) / (more - few)).toBeLessThan(1.4);
});
