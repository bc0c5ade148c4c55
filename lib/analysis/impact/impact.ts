import type { Json } from '../../documents/kubernetes';
import type { Output } from '../../documents/output';
import type { Topology } from '../../documents/topology';
import { objectKey } from '../../kubernetes/objects/object-key';
import type { Node } from '../../kubernetes/scheduling/node';
import { alerts } from './alerts';
import { changes } from './changes';
import { type Consequence, worstFirst } from './consequence';
import { kubernetesImpact } from './kubernetes/kubernetes';
import { Objects } from './kubernetes/objects';
import { nodeScripts, withoutHeader } from './nodes/node-scripts';
import { volumesOfNodes } from './nodes/node-volumes';
import { nodesOfScripts } from './nodes/scripted-nodes';
import { terraformImpact } from './terraform/terraform';

/** What a change does, found from the two outputs alone. */
export interface Impact {
  /** Worst first. */
  readonly consequences: readonly Consequence[];
  /** Files that differ in bytes and in nothing else: comments, the order of keys, another layout. */
  readonly sameInOtherBytes: readonly string[];
}

/** What an impact knows besides the outputs. */
export interface ImpactFacts {
  /** What the head runs on. @default those that its nodes' scripts describe; without scripts unknown */
  readonly nodes?: readonly Node[] | undefined;
}

/**
 * Compares what is applied with what is to be applied. It reads no cluster and no state: that the base runs as it
 * stands is taken for granted.
 */
export function impact(base: Output, head: Output, topology: Topology, { nodes }: ImpactFacts = {}): Impact {
  const before = new Objects(base);
  const after = nodes ?? nodesOfScripts(head);
  const known = { before: nodesOfScripts(base) ?? after, after };
  const consequences = [
    ...kubernetesImpact(before, new Objects(head), topology, known),
    ...terraformImpact(base, head, volumesOfNodes(known.before, before)),
    ...nodeScripts(base, head),
    ...alerts(base, head),
  ];
  return { consequences: worstFirst(consequences), sameInOtherBytes: sameInOtherBytes(base, head) };
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

/** What every file says, whatever its bytes. */
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
