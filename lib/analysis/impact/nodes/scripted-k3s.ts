import type { Output } from '../../../documents/output';

/** What the script of a node says of its k3s. */
export interface ScriptedK3s {
  /** The name of the script, by which the node is reached. */
  readonly node: string;
  /** Its name in Kubernetes. */
  readonly hostname: string;
  readonly version: string;
  readonly isAgent: boolean;
}

/** The k3s of every node that an output has a script of, servers before agents. */
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

/** What upgrades or restarts the k3s of a node: without the option the script only says that k3s would need it. */
export function restartCommand(node: string): string {
  return `ssh ${node} sudo bash -s -- --restart-k3s < dist/nodes/${node}.sh`;
}
