import type { Output } from '../../../documents/output';
import { kubeletLabels, type Node } from '../../../kubernetes/scheduling/node';

/**
 * The nodes of the node scripts of an output, with their labels. The scripts do not contain the size of a node: every
 * node counts as large enough for any pod.
 *
 * @returns undefined where the output has no scripts
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

/** `hostname=ubuntu-8gb-nbg1-2`, at the top of a node's script. */
function variable(script: string, name: string): string | undefined {
  return new RegExp(`^${name}=(\\S+)$`, 'm').exec(script)?.[1];
}

/** `  label shop/redis true`, in the table of a node's script. */
function labelsOf(script: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...script.matchAll(/^ {2}label (\S+) (\S+)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}
