import type { NodeRole } from '../../../nodes/node-setup';

interface HasRole {
  readonly role?: NodeRole | undefined;
}

/** A node that states no role is a server. */
export function roleOf({ role = 'server' }: HasRole): NodeRole {
  return role;
}

export function isServer(node: HasRole): boolean {
  return roleOf(node) === 'server';
}

/** The names of the servers, in the order of the nodes. */
export function serverNames(nodes: Readonly<Record<string, HasRole>>): string[] {
  return Object.keys(nodes).filter((name) => isServer(nodes[name] ?? {}));
}

/** The architecture of a server type: Only Hetzner's CAX types have another architecture (arm64). */
export function k3sArchitectureOf({ type }: { readonly type: string }): 'amd64' | 'arm64' {
  return type.startsWith('cax') ? 'arm64' : 'amd64';
}
