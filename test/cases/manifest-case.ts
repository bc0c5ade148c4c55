import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { analyse, type Reachability } from '../../lib/analysis/flows/reachability';
import type { Consequence } from '../../lib/analysis/impact/consequence';
import { impact } from '../../lib/analysis/impact/impact';
import { rules } from '../../lib/analysis/rules';
import { run } from '../../lib/analysis/rules/run';
import type { Output } from '../../lib/documents/output';
import { readManifests } from '../../lib/input/documents';
import { defaultTopology } from '../../lib/kubernetes/k3s-network';

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });

/** The path of a judged input, whatever its subject: `manifests/yaml-yes`, `engines/quota-limits`. */
function pathOf(name: string): string {
  const { dir, base } = parse(name);
  const file = files.find((each) => each.startsWith(`${dir}/`) && each.endsWith(`/${base}.yaml`));
  if (file === undefined) throw new Error(`test/cases has no ${name}.yaml`);
  return join(__dirname, file);
}

/** What `check` finds in a judged input: `<rule> <path>: <message>`, worst first. */
export function findingsIn(name: string): string[] {
  const { open } = run(readManifests([pathOf(name)]), rules);
  return open.map(({ rule, path, message }) => `${rule.id} ${path}: ${message}`);
}

/** The findings of one rule. */
export function findingsOf(rule: string, name: string): string[] {
  return findingsIn(name).filter((finding) => finding.startsWith(`${rule} `));
}

/** What `impact` says of `<name>/base.yaml` followed by `<name>/head.yaml`, worst first. */
export function impactOf(name: string): readonly Consequence[] {
  const [base, head] = ['base', 'head'].map((side) => outputOf(`${name}/${side}`)) as [Output, Output];
  return impact(base, head, defaultTopology).consequences;
}

/** What `flows` says of a judged input. */
export function reachabilityIn(name: string): Reachability {
  return analyse(readManifests([pathOf(name)]), defaultTopology);
}

function outputOf(name: string): Output {
  const file = `${name}.yaml`;
  const objects = readManifests([pathOf(name)]).map((object) => ({ file, object }));
  return { objects, stacks: [], rules: [], texts: new Map() };
}
