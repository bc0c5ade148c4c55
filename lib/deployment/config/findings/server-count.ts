import { serverNames } from '../schema/node-role';
import type { Deployment } from '../schema/schema';

/**
 * A warning for an even number of servers: etcd needs a majority of its members, so the last server adds a machine that can
 * fail and no failure that the cluster survives.
 *
 * @see https://etcd.io/docs/v3.5/faq/#why-an-odd-number-of-cluster-members
 */
export function serverCountWarnings({ nodes }: Pick<Deployment, 'nodes'>): string[] {
  const servers = serverNames(nodes);
  const last = servers.at(-1);
  if (last === undefined || servers.length % 2 === 1) return [];
  const count = servers.length;
  const survived = count / 2 - 1;
  return [
    `nodes has ${count} servers (${servers.join(', ')}): etcd with ${count} members survives the loss of ${survived}, as with ${count - 1}. Use an odd number: if the newest server was only to add capacity, state role: agent in its place (nodes.${last}.role), or add one more server.`,
  ];
}
