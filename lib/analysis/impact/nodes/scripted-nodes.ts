import type { Output } from '../../../documents/output';
import { kubeletLabels, type Node } from '../../../kubernetes/scheduling/node';

/**
 * The nodes for which an output has scripts, with their labels. A script does not contain the size of its node: every
 * node counts as large enough for any pod.
 *
 * @returns undefined if the output has no scripts
 */
export function nodesOfScripts({ texts }: Output): Node[] | undefined {
  const nodes = [...texts].flatMap(([path, text]): Node[] => {
    const [, name] = /^nodes\/([^/]+)\.sh$/.exec(path) ?? [];
    if (name === undefined) return [];
    const hostname = variable(text, 'hostname') ?? name;
    const labels = { ...kubeletLabels(hostname, variable(text, 'k3s_architecture')), ...labelsOf(text) };
    const capacity = { cpu: Number.POSITIVE_INFINITY, memory: Number.POSITIVE_INFINITY };
    return [{ name, labels, capacity, isServer: true }];
  });
  return nodes.length === 0 ? undefined : nodes;
}

/** Reads a variable at the top of a node's script, such as `hostname=ubuntu-8gb-nbg1-2`. */
function variable(script: string, name: string): string | undefined {
  return new RegExp(`^${name}=(\\S+)$`, 'm').exec(script)?.[1];
}

/** Reads the labels in the table of a node's script, such as `  label shop/redis true`. */
function labelsOf(script: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...script.matchAll(/^ {2}label (\S+) (\S+)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}
