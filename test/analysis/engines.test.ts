import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Drill } from '../../lib/analysis/drill/drill';
import { reachabilityJson } from '../../lib/analysis/flows/matrix';
import { describePorts, portsOf } from '../../lib/analysis/flows/ports';
import { analyse } from '../../lib/analysis/flows/reachability';
import { impact } from '../../lib/analysis/impact/impact';
import { rules } from '../../lib/analysis/rules';
import { run } from '../../lib/analysis/rules/run';
import type { KubernetesObject } from '../../lib/documents/kubernetes';
import type { Output } from '../../lib/documents/output';
import { defaultTopology } from '../../lib/kubernetes/k3s-network';
import { describeObject } from '../../lib/kubernetes/objects/object-key';
import { type EngineCase, type EngineName, engineNames } from '../kubernetes/engines/engine-case';
import { lifecycleCases } from '../kubernetes/engines/lifecycle';
import { objectCases } from '../kubernetes/engines/objects';
import { workloadCases } from '../kubernetes/engines/workloads';
import { root } from '../support/configuration';
import { node } from './drill/cluster';

const cases = [...objectCases, ...workloadCases, ...lifecycleCases];

function objectsOf(yaml: string): KubernetesObject[] {
  return parseAllDocuments(yaml)
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

function outputOf(yaml: string): Output {
  const objects = objectsOf(yaml).map((object) => ({ file: 'manifests.yaml', object }));
  return { objects, stacks: [], rules: [], texts: new Map() };
}

function nodesOf({ nodes = 3 }: EngineCase) {
  return Array.from({ length: nodes }, (_, index) => node(String.fromCharCode(97 + index)));
}

/** What each engine says of a case, a line a statement. */
const lines: Readonly<Record<EngineName, (given: EngineCase) => string[]>> = {
  rules: (given) => {
    const { manifests, before = manifests } = given;
    const facts = { nodes: nodesOf(given), previous: objectsOf(before) };
    const { open } = run(objectsOf(manifests), rules, { facts });
    return open.map(({ rule, object, path, message }) => `${rule.id} ${object} ${path}: ${message}`);
  },
  flows: ({ manifests }) =>
    reachabilityJson(analyse(objectsOf(manifests), defaultTopology)).connections.map(
      ({ from, to, ports }) =>
        `${from.name} -> ${to.name}: ${ports.map((each) => describePorts(portsOf(each.protocol, each.from, each.to))).join(', ')}`,
    ),
  drill: (given) => {
    const drill = Drill.of(objectsOf(given.manifests), { nodes: nodesOf(given) });
    return [
      ...drill.failures.flatMap((failure) =>
        drill.play(failure).map(({ workload, ready, of, completes, stuck, recovery, notes, unknown }) => {
          const end = completes === undefined ? [] : [completes ? 'it ends' : `it may not end: ${stuck}`];
          const back = recovery.kind === 'no downtime' ? 'no downtime' : JSON.stringify(recovery);
          return [
            `${failure.id} ${workload}: ${ready ?? '?'} of ${of}`,
            ...end,
            back,
            ...notes,
            ...unknown,
          ].join('; ');
        }),
      ),
      ...drill.workloads.flatMap(({ unmodelled }) =>
        unmodelled.map(({ object, path }) => `not modelled ${describeObject(object)}: ${path}`),
      ),
    ];
  },
  impact: ({ manifests, before = manifests }) =>
    impact(outputOf(before), outputOf(manifests), defaultTopology).consequences.map(
      ({ class: kind, object, field, reason, wayOut }) => `${kind} ${object} ${field}: ${reason} ${wayOut}`,
    ),
};

/** Parts of the analysis that combine the results of the engines: they have tests of their own. */
const combinations = ['picture', 'trace'];

describe('the engines', () => {
  test('are those that the cases ask', () => {
    const folders = readdirSync(join(root, 'lib', 'analysis'), { withFileTypes: true });
    const names = folders.filter((each) => each.isDirectory()).map(({ name }) => name);
    expect([...engineNames, ...combinations].sort()).toEqual(names.sort());
  });

  test.each(cases.map((each) => [each.fact, each] as const))('%s', (_, given) => {
    expect(Object.keys(given.answers).sort()).toEqual([...engineNames].sort());
    for (const engine of engineNames) {
      const answer = given.answers[engine];
      if ('irrelevant' in answer) continue;
      const { says = [], never = [] } = answer;
      const said = [engine, ...lines[engine](given)].join('\n');
      expect(says.length + never.length).toBeGreaterThan(0);
      for (const each of says) expect(said).toContain(each);
      for (const each of never) expect(said).not.toContain(each);
    }
  });
});
