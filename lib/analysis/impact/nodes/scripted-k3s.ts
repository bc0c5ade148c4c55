import type { Output } from '../../../documents/output';

/** The k3s of a node, as its script sets it up. */
export interface ScriptedK3s {
  /** The name of the script. It is also the SSH host of the node. */
  readonly node: string;
  /** The name of the Kubernetes Node. */
  readonly hostname: string;
  readonly version: string;
  readonly isAgent: boolean;
}

/** The k3s of every node with a script in the output, servers before agents. */
export function scriptedK3s({ texts }: Output): readonly ScriptedK3s[] {
  const nodes = [...texts].flatMap(([path, text]): ScriptedK3s[] => {
    const [, node] = /^nodes\/([^/]+)\.sh$/.exec(path) ?? [];
    const version = /^k3s_version=(\S+)$/m.exec(text)?.[1];
    if (node === undefined || version === undefined) return [];
    const hostname = /^hostname=(\S+)$/m.exec(text)?.[1] ?? node;
    return [{ node, hostname, version, isAgent: /^k3s_unit=k3s-agent\.service$/m.test(text) }];
  });
  return [...nodes.filter(({ isAgent }) => !isAgent), ...nodes.filter(({ isAgent }) => isAgent)];
}

/** The command that upgrades or restarts the k3s of a node. Without the option, the script only reports what is needed. */
export function restartCommand(node: string): string {
  return `ssh ${node} sudo bash -s -- --restart-k3s < dist/nodes/${node}.sh`;
}
