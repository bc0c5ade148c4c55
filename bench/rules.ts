import { rules } from '../lib/analysis/rules';
import { run } from '../lib/analysis/rules/run';
import { examine } from '../lib/cli/synthesize';
import { factsOf } from '../lib/deployment/checks/facts';
import { Manifests } from '../lib/kubernetes/manifests';
import { withGrown } from './grown';
import { median } from './measure';

/** Processor time of the rules for one size, in milliseconds. */
export interface RuleTimes {
  readonly services: number;
  readonly objects: number;
  /** All rules, including the index that they share. */
  readonly all: number;
  /** Parsing the same documents from JSON, for comparison. */
  readonly parse: number;
  /** Each rule alone over an existing index, slowest first. */
  readonly each: readonly (readonly [id: string, milliseconds: number])[];
}

/** Checks deployments of increasing size. */
export function measureRules(root: string, sizes: readonly number[], rounds: number): RuleTimes[] {
  return sizes.map((services) => {
    const { model, documents } = withGrown(root, services, (path) => examine(path));
    const objects = documents.map(({ object }) => object);
    const json = JSON.stringify(objects);
    const facts = factsOf(model);
    const times = (work: () => unknown) => median(Array.from({ length: rounds }, () => processorTime(work)));
    const manifests = new Manifests(objects, facts);
    run(objects, rules, { facts }); // Compiles the measured code.
    const each = rules.map((rule) => {
      rule.check(manifests);
      return [rule.id, times(() => rule.check(manifests))] as const;
    });
    return {
      services,
      objects: objects.length,
      all: times(() => run(objects, rules, { facts })),
      parse: times(() => JSON.parse(json)),
      each: each.sort(([, a], [, b]) => b - a),
    };
  });
}

function processorTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
