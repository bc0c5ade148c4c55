import type { NodeRole } from '../../../nodes/node-setup';

interface HasRole {
  readonly role?: NodeRole | undefined;
}

/** The role of a node; `server` if the configuration sets none. */
export function roleOf({ role = 'server' }: HasRole): NodeRole {
  return role;
}

export function isServer(node: HasRole): boolean {
  return roleOf(node) === 'server';
}

/** The names of the servers, in the order of the configuration. */
export function serverNames(nodes: Readonly<Record<string, HasRole>>): string[] {
  return Object.keys(nodes).filter((name) => isServer(nodes[name] ?? {}));
}

/** The CPU architecture of a server type: arm64 for Hetzner's CAX types, amd64 for all others. */
export function k3sArchitectureOf({ type }: { readonly type: string }): 'amd64' | 'arm64' {
  return type.startsWith('cax') ? 'arm64' : 'amd64';
}
