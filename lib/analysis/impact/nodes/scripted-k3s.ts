import type { Output } from '../../../documents/output';

/** The k3s settings of a node, from its script. */
export interface ScriptedK3s {
  /** The name of the script, which is also the SSH host name of the node. */
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

/**
 * The command that upgrades or restarts the k3s of a node. Without `--restart-k3s`, the script only reports that a
 * restart is needed.
 */
export function restartCommand(node: string): string {
  return `ssh ${node} sudo bash -s -- --restart-k3s < dist/nodes/${node}.sh`;
}
