import {
  type Alias,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
} from 'yaml';
import type { Path } from './source';
import { aliasTargets, walk } from './yaml-nodes';

/**
 * Rewrites a text so that no alias and no anchor contains the values at some paths, without changing the data: an
 * edit of these values then changes nothing else. An affected alias is replaced by a copy of its value, and an
 * affected anchor moves to its first alias.
 */
export function detachAll(text: string, paths: readonly Path[]): string {
  return paths.reduce(detach, text);
}

function detach(text: string, path: Path): string {
  if (!/[&*]/.test(text)) return text;
  const document = parseDocument(text);
  let node: unknown = document.contents;
  for (const [index, step] of path.entries()) {
    node = childOf(node, step);
    if (isAlias(node)) {
      // An alias at the end of a path itself needs no copy, because the edit replaces it.
      const next = replaceAlias(text, aliasTargets(document).get(node), node, '');
      return index === path.length - 1 && !isCollection(aliasTargets(document).get(node))
        ? text
        : detach(next, path);
    }
    if (isNode(node) && node.anchor !== undefined) {
      const moved = node;
      const [first] = [...aliasTargets(document)].flatMap(([alias, target]) =>
        target === moved ? [alias] : [],
      );
      const kept = first === undefined ? text : replaceAlias(text, node, first, `&${node.anchor}`);
      return detach(removeAnchor(kept, node), path);
    }
  }
  return text;
}

function childOf(node: unknown, step: string | number): unknown {
  if (isMap(node))
    return node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))?.value;
  return isSeq(node) ? node.items[Number(step)] : undefined;
}

/** Replaces an alias by a copy of its value, and puts an anchor before the copy if one is given. */
function replaceAlias(text: string, target: Node | undefined, alias: Alias, anchor: string): string {
  const [start = 0, end = 0] = alias.range ?? [];
  const source = target === undefined ? '' : sourceOf(text, target);
  const isBlock = isCollection(target) && !target.flow;
  const head = anchor === '' ? '' : isBlock ? anchor : `${anchor} `;
  if (!isBlock) return `${text.slice(0, start)}${head}${source}${text.slice(end)}`;
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const indent = (/^ */.exec(text.slice(lineStart))?.[0].length ?? 0) + 2;
  const first = target.range?.[0] ?? 0;
  const lines = `${' '.repeat(first - text.lastIndexOf('\n', first) - 1)}${source}`.split('\n');
  const shift = indent - (first - text.lastIndexOf('\n', first) - 1);
  const body = lines.map((line) => shifted(line, shift)).join('\n');
  const lineEnd = text.indexOf('\n', end) === -1 ? text.length : text.indexOf('\n', end);
  const before = text.slice(0, start).trimEnd();
  const rest = text.slice(end, lineEnd).trimEnd();
  return `${before}${head === '' ? '' : ` ${head}`}${rest}\n${body}${text.slice(lineEnd)}`;
}

function shifted(line: string, by: number): string {
  if (line.trim() === '') return '';
  return by >= 0 ? ' '.repeat(by) + line : line.slice(Math.min(-by, line.length - line.trimStart().length));
}

/**
 * The text of a node as a copy needs it: a part with an anchor becomes an alias, because the original comes before
 * the copy.
 */
function sourceOf(text: string, target: Node): string {
  const [start = 0, end = 0] = target.range ?? [];
  const own: { from: number; to: number; name: string }[] = [];
  walk(target, (node) => {
    if (!isNode(node) || isAlias(node) || node === target || node.anchor === undefined) return;
    const from = anchorAt(text, node);
    if (own.every(({ to }) => to <= from)) own.push({ from, to: lastOf(text, node), name: node.anchor });
  });
  let [result, at] = ['', start];
  for (const { from, to, name } of own) {
    result += `${text.slice(at, from)}*${name}`;
    at = to;
  }
  return (result + text.slice(at, end)).trimEnd();
}

function removeAnchor(text: string, node: Node): string {
  const at = anchorAt(text, node);
  const end = at + 1 + (node.anchor?.length ?? 0);
  const isLast = /^[ \t]*(#|\r?\n|$)/.test(text.slice(end));
  return isLast
    ? text.slice(0, at).trimEnd() + text.slice(end)
    : text.slice(0, at) + text.slice(end).replace(/^ +/, '');
}

function anchorAt(text: string, { anchor, range }: Node): number {
  return text.lastIndexOf(`&${anchor}`, range?.[0] ?? 0);
}

function lastOf(text: string, node: Node): number {
  const [start = 0, end = 0] = node.range ?? [];
  return start + text.slice(start, end).trimEnd().length;
}
