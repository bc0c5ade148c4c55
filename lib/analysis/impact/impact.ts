import type { Json } from '../../documents/kubernetes';
import { type AppliedDocuments, type Output, outputOfApplied } from '../../documents/output';
import type { Topology } from '../../documents/topology';
import { defaultTopology } from '../../kubernetes/k3s-network';
import { objectKey } from '../../kubernetes/objects/object-key';
import type { Node } from '../../kubernetes/scheduling/node';
import { alerts } from './alerts';
import { changes } from './changes';
import { type Consequence, worstFirst } from './consequence';
import { kubernetesImpact } from './kubernetes/kubernetes';
import { Objects } from './kubernetes/objects';
import { k3sUpgrade } from './nodes/k3s-upgrade';
import { nodeScripts, withoutHeader } from './nodes/node-scripts';
import { volumesOfNodes } from './nodes/node-volumes';
import { nodesOfScripts } from './nodes/scripted-nodes';
import { type CostChange, costChange } from './terraform/cost-change';
import { terraformImpact } from './terraform/terraform';

/** The effects of a change, computed from two outputs. */
export interface Impact {
  /** Worst first. */
  readonly consequences: readonly Consequence[];
  /** Files with formatting-only changes: comments, the order of keys, layout. */
  readonly sameInOtherBytes: readonly string[];
  /** One sentence for each check that was skipped because a fact is unknown. */
  readonly notAsked: readonly string[];
  /** The cost of the resources at Hetzner; undefined if it stays the same. */
  readonly cost?: CostChange | undefined;
}

/** Facts that the outputs do not contain. */
export interface ImpactFacts {
  /** Nodes of the new output. @default the nodes in its node scripts; unknown if it has none */
  readonly nodes?: readonly Node[] | undefined;
  /**
   * By server name: the date of the price list that a running server is charged by. @default the list for new orders
   */
  readonly priceLists?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Compares two outputs, without reading the cluster or the Terraform state. Assumes that the old output (`base`) has
 * been applied.
 *
 * @param topology the address ranges of nodes, pods and Services @default the ranges of k3s, and unknown node addresses
 */
export function impact(
  base: AppliedDocuments,
  head: AppliedDocuments,
  topology: Topology = defaultTopology,
  facts: ImpactFacts = {},
): Impact {
  return outputImpact(outputOfApplied(base), outputOfApplied(head), topology, facts);
}

function outputImpact(
  base: Output,
  head: Output,
  topology: Topology,
  { nodes, priceLists }: ImpactFacts,
): Impact {
  const [before, now] = [new Objects(base), new Objects(head)];
  const after = nodes ?? nodesOfScripts(head);
  const known = { before: nodesOfScripts(base) ?? after, after };
  const consequences = [
    ...kubernetesImpact(before, now, topology, known),
    ...terraformImpact(base, head, volumesOfNodes(known.before, before)),
    ...nodeScripts(base, head),
    ...k3sUpgrade(base, head, before, now),
    ...alerts(base, head),
  ];
  return {
    consequences: worstFirst(consequences),
    sameInOtherBytes: sameInOtherBytes(base, head),
    notAsked: startsPods(consequences) ? unknownOf(after) : [],
    cost: costChange(base, head, priceLists),
  };
}

function startsPods(consequences: readonly Consequence[]): boolean {
  return consequences.some(({ side, class: kind }) => side === 'kubernetes' && kind === 'restarts');
}

function unknownOf(nodes: readonly Node[] | undefined): string[] {
  if (nodes === undefined)
    return [
      'The nodes are unknown, so it was not checked whether they accept the new pods (pass --nodes FILE).',
    ];
  return nodes.some(({ capacity }) => Number.isFinite(capacity.memory))
    ? []
    : [
        'The sizes of the nodes are unknown, so it was not checked whether the new pods fit (pass --nodes FILE).',
      ];
}

function sameInOtherBytes(base: Output, head: Output): string[] {
  const differing = [...head.texts].filter(
    ([path, text]) => base.texts.has(path) && base.texts.get(path) !== text,
  );
  if (differing.length === 0) return [];
  const [before, after] = [base, head].map(contents) as [Map<string, Json>, Map<string, Json>];
  return differing
    .map(([path]) => path)
    .filter((path) => changes(before.get(path), after.get(path)).length === 0)
    .sort();
}

/** The content of every file, without its formatting. */
function contents({ objects, stacks, rules, texts }: Output): Map<string, Json> {
  const manifests = new Map<string, Record<string, Json>>();
  for (const { file, object } of objects) {
    const all = manifests.get(file) ?? {};
    manifests.set(file, Object.assign(all, { [objectKey(object)]: object }));
  }
  return new Map<string, Json>([
    ...[...texts].map(([path, text]) => [path, withoutHeader(text)] as const),
    ...manifests,
    ...stacks.map(({ file, configuration }) => [file, configuration as unknown as Json] as const),
    ...rules.map(({ file, rules: content }) => [file, content] as const),
  ]);
}
