import type { Agreement, Sides } from '../../lib/deployment/agreements/sides';
import { nodeSetups } from '../../lib/deployment/stacks/node-scripts';
import type { Json, KubernetesObject } from '../../lib/documents/kubernetes';
import type { TerraformBlock, TerraformConfiguration } from '../../lib/documents/terraform';
import type { NodeSetup } from '../../lib/nodes/node-setup';
import { production } from './production';

/** Both sides of production, as every synth holds them against each other. */
export const sides: Sides = {
  objects: production.documents.map(({ object }) => object),
  terraform: production.terraform.map(({ configuration }) => configuration),
  setups: nodeSetups(production.model),
  nodes: Object.entries(production.model.nodes).map(([name, { address, labels = {} }]) => ({
    name,
    address,
    labels,
  })),
  initialised: production.model.cluster.initialised,
};

/** What an agreement says, line by line. */
export function said({ differences }: Agreement, of: Sides): string[] {
  return differences(of).map(({ object, path, message }) => `${object} ${path}: ${message}`);
}

type Change = (body: TerraformBlock) => TerraformBlock | undefined;

/** The sides with one resource changed, or without it. */
export function withResource(type: string, name: string, change: Change): Sides {
  const [configuration] = sides.terraform as [TerraformConfiguration];
  const all = configuration.resource[type] ?? {};
  const body = all[name];
  if (body === undefined) throw new Error(`production has no ${type}.${name}`);
  const changed = change(body);
  const others = Object.fromEntries(Object.entries(all).filter(([each]) => each !== name));
  const bodies = changed === undefined ? others : { ...others, [name]: changed };
  const resource = { ...configuration.resource, [type]: bodies };
  return { ...sides, terraform: [{ ...configuration, resource }] };
}

/** The sides with another list of Hetzner's firewall rules. */
export function withRules(change: (rules: readonly TerraformBlock[]) => readonly TerraformBlock[]): Sides {
  return withResource('hcloud_firewall', 'nodes', (body) => ({
    ...body,
    rule: change(body['rule'] as unknown as readonly TerraformBlock[]) as unknown as Json,
  }));
}

/** The sides with one node's set-up changed. */
export function withSetup(node: string, change: (setup: NodeSetup) => NodeSetup): Sides {
  return { ...sides, setups: sides.setups.map((setup) => (setup.name === node ? change(setup) : setup)) };
}

/** The sides with a text of one object replaced wherever it stands in it. */
export function withObject(kind: string, name: string, find: string, replace: string): Sides {
  const objects = sides.objects.map((object) => {
    if (object.kind !== kind || object.metadata.name !== name) return object;
    const text = JSON.stringify(object);
    if (!text.includes(find)) throw new Error(`${kind} ${name} has no ${find}`);
    return JSON.parse(text.replaceAll(find, replace)) as KubernetesObject;
  });
  return { ...sides, objects };
}
