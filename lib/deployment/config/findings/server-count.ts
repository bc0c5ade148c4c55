import { serverNames } from '../schema/node-role';
import type { Deployment } from '../schema/schema';

/**
 * Warns about an even number of servers. etcd needs a majority of its members, so the last server doesn't
 * increase the number of failures that the cluster survives, but is one more machine that can fail.
 *
 * @see https://etcd.io/docs/v3.5/faq/#why-an-odd-number-of-cluster-members
 */
export function serverCountWarnings({ nodes, adopt }: Pick<Deployment, 'nodes' | 'adopt'>): string[] {
  const servers = serverNames(nodes);
  if (servers.length % 2 === 1 || servers.length === 0) return [];
  // A running server can't become an agent without being replaced.
  const last = servers.filter((name) => adopt?.servers?.[name] === undefined).at(-1);
  const count = servers.length;
  const survived = count / 2 - 1;
  return [
    `nodes has ${count} servers (${servers.join(', ')}): etcd with ${count} members survives the loss of ${survived}, as with ${count - 1}. Use an odd number: ${
      last === undefined
        ? 'add one more server, or replace the newest server by an agent (docs/tasks/add-node.md).'
        : `if the newest server only adds capacity, set nodes.${last}.role: agent, or add one more server.`
    }`,
  ];
}
