import type { HetznerServer } from '../../hetzner/resources';
import { type AdoptAnswer, ambiguous, found, notFound, type OpenValue, stateValue } from '../resolver';

/** A resource that several servers use. */
export interface SharedResource {
  readonly id: number;
  readonly name: string;
  /** Whether a server uses the resource. */
  readonly isUsedBy: (server: HetznerServer) => boolean;
}

/**
 * Finds the one resource that the nodes' servers use.
 *
 * @param servers by the name of the node
 * @param what such as `firewall`
 */
export function sharedResource(
  { path }: OpenValue,
  servers: ReadonlyMap<string, HetznerServer>,
  resources: readonly SharedResource[],
  what: string,
): AdoptAnswer {
  if (servers.size === 0)
    return notFound(
      'missing',
      "the project of HCLOUD_TOKEN has none of the nodes' servers; use a token of the project that has them",
    );
  const used = resources
    .map((resource) => ({
      ...resource,
      users: [...servers].filter(([, server]) => resource.isUsedBy(server)).map(([name]) => name),
    }))
    .filter(({ users }) => users.length > 0);
  const [first, ...others] = used;
  if (first === undefined)
    return notFound(
      'missing',
      `no ${what} is used by the nodes' servers; remove the entry, and Terraform creates one`,
    );
  if (others.length === 0) return found(stateValue(path, String(first.id)));
  return ambiguous(used.map(({ id, name, users }) => `${id} (${what} ${name}, of ${users.join(', ')})`));
}
