import type { TerraformResource } from '../../../documents/terraform';
import { argumentOf, isDeleteProtected, isProtected } from '../../../terraform/lifecycle';
import { forcesReplacement } from '../../../terraform/providers';
import { type Change, describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { VolumesOfNode } from '../nodes/node-volumes';
import type { ChangedResource } from './changed-resource';
import { refusedDelete } from './delete-protection';
import { describePrices } from './hetzner';
import type { ResourceChanges } from './resources';
import { isRescaled, updatedServer } from './server-updates';

const type = 'hcloud_server';

/** Without half of its members and one more, etcd stops, and with it all of the cluster. */
function quorum(members: number): number {
  return Math.floor(members / 2) + 1;
}

/**
 * What becomes of the nodes. With a server go etcd's member and every volume that lies on its disk.
 *
 * @param volumesOf whose volumes lie on a node that runs
 * @param agents the nodes that run and hold no member of etcd
 */
export function servers(
  { base, head, removed, changed, added }: ResourceChanges,
  volumesOf: VolumesOfNode,
  agents: ReadonlySet<string>,
): Consequence[] {
  const isMember = ({ name }: TerraformResource) => !agents.has(name);
  const members = base.filter((resource) => resource.type === type && isMember(resource)).length;
  const gone = removed.filter((resource) => resource.type === type);
  const own = changed.filter(({ after }) => after.type === type);
  const ownMembers = own.filter(({ after }) => isMember(after));
  const going =
    gone.filter((each) => isMember(each) && !isDeleteProtected(each)).length +
    ownMembers.filter(
      (each) => isReplaced(each) && !isProtected(each.after) && !isDeleteProtected(each.before),
    ).length;
  const rescaling = ownMembers.filter((each) => !isReplaced(each) && isRescaled(each)).length;
  const addresses = head.filter((resource) => resource.type === 'hcloud_primary_ip');
  const cluster = { members, going, away: going + rescaling, agents, volumesOf, addresses };
  return [
    ...gone.map((resource) => destroyed(resource, cluster, renamedTo(resource, added))),
    ...own.flatMap((resource) => changedServer(resource, cluster)),
  ];
}

interface ServerLosses {
  readonly members: number;
  /** How many servers one apply destroys: Terraform takes them all at once. */
  readonly going: number;
  /** How many it destroys or powers off. */
  readonly away: number;
  readonly agents: ReadonlySet<string>;
  readonly volumesOf: VolumesOfNode;
  /** Those that stay when a server goes. */
  readonly addresses: readonly TerraformResource[];
}

function destroyed(
  resource: TerraformResource,
  cluster: ServerLosses,
  renamed: TerraformResource | undefined,
): Consequence {
  const moved =
    renamed === undefined
      ? ''
      : ` ${renamed.address} has the same name: to Terraform it is another server, unless it is told that this one moved.`;
  const wayOut =
    renamed === undefined
      ? `If it is to go: drain it, delete the node, move its volumes, then apply. If it is to stay: terraform state rm ${resource.address}, before the apply.`
      : `terraform state mv ${resource.address} ${renamed.address}, before the apply; the same for what else is named after it.`;
  if (isDeleteProtected(resource)) {
    const refused = refusedDelete(
      resource,
      `Terraform would destroy the server${moved === '' ? '' : ` (${moved.trim().replace(/\.$/, '')})`}`,
    );
    return renamed === undefined
      ? { ...refused, wayOut: `Drain it, delete the node, move its volumes. ${refused.wayOut}` }
      : { ...refused, wayOut };
  }
  const guard = isProtected(resource) ? ' Its prevent_destroy goes with its block.' : '';
  return {
    ...{ class: 'lost', side: 'terraform', object: resource.address, field: '' },
    reason: `Terraform destroys the server.${guard}${moved} ${etcd(resource, cluster)}${volumes(resource, cluster)} ${successor(resource)}`,
    wayOut,
  };
}

function changedServer(resource: ChangedResource, cluster: ServerLosses): Consequence[] {
  if (isReplaced(resource)) return [replaced(resource, cluster)];
  const { members, away, agents, volumesOf } = cluster;
  return updatedServer(resource, {
    volumesOf,
    quorum: agents.has(resource.after.name)
      ? 'its pods run elsewhere or not at all, and etcd keeps its members'
      : quorumWords(members, away),
  });
}

function isReplaced({ changes }: ChangedResource): boolean {
  return replacingChanges(changes).length > 0;
}

function replacingChanges(changes: readonly Change[]): Change[] {
  return changes.filter(({ path }) => forcesReplacement(type, argumentOf(path)));
}

function replaced({ before, after, changes }: ChangedResource, cluster: ServerLosses): Consequence {
  const causes = replacingChanges(changes);
  const why = causes.map(describeChange).join('; ');
  const field = causes[0]?.path ?? '';
  const shared = { side: 'terraform', object: after.address, field } as const;
  const held = cluster.volumesOf(after.name);
  const copy =
    held === undefined || held.length > 0
      ? `Copy the data of ${held?.join(', ') ?? 'its volumes'} off it first. `
      : '';
  const step = `${copy}Replace one node at a time: drain it, delete it from the cluster, and apply with -target='${after.address}'; wait until it is ready again.`;
  if (isProtected(after))
    return {
      ...{ class: 'fails', ...shared },
      reason: `${why}. That forces a new server, which prevent_destroy refuses: nothing of the whole plan is applied.`,
      wayOut: `Take it back, or put ${argumentOf(field)} under ignore_changes. To replace the server: take prevent_destroy off it alone. ${step}`,
    };
  if (isDeleteProtected(before))
    return { ...refusedDelete(before, `${why}. That forces a new server`), field };
  const stranded = addressesElsewhere(after, cluster);
  if (stranded.length > 0)
    return {
      ...{ class: 'fails', ...shared },
      reason: `${why}. That forces a new server, and ${stranded.join(', ')} stays where it is: Hetzner gives an address to servers of its own location alone. The old server is destroyed, and the new one refused. ${etcd(after, cluster)}${volumes(after, cluster)}`,
      wayOut:
        'Keep the location. To move, add a node there with an address of its own, and remove this one afterwards.',
    };
  const isLost =
    held === undefined ||
    held.length > 0 ||
    (!cluster.agents.has(after.name) && cluster.members - cluster.going < quorum(cluster.members));
  const price = describePrices(String(before.body['server_type']), String(after.body['server_type']));
  const isAddressKept = keepsAddress(after) && !changes.some(({ path }) => argumentOf(path) === 'public_net');
  const address = isAddressKept
    ? 'It keeps its address, which is a resource of its own.'
    : 'It gets another address: DNS and the firewalls point to the old one until they are applied, too.';
  return {
    ...{ class: isLost ? 'lost' : 'replaced', ...shared },
    reason: `${why}. That forces a new server. ${successor(after)} ${etcd(after, cluster)}${volumes(after, cluster)} ${address}${price === '' ? '' : ` ${price}.`}`,
    wayOut: step,
  };
}

/** What is in stock changes by the hour. */
function successor({ body }: TerraformResource): string {
  const { server_type: kind, location } = body;
  if (typeof kind !== 'string') return 'Whether another one can be had is not known offline.';
  const place = typeof location === 'string' ? ` in ${location}` : '';
  return `Whether Hetzner can provide a ${kind}${place} now is not known offline: hcloud server-type describe ${kind} shows it.`;
}

function etcd({ name }: TerraformResource, { members, going, agents }: ServerLosses): string {
  if (agents.has(name)) return 'It is an agent: etcd keeps its members.';
  if (members < 2) return 'It is the only server: the cluster goes with it.';
  if (members - going < quorum(members))
    return `One apply takes ${going} of ${members} servers, all at once: etcd loses its quorum, and the cluster with it.`;
  return `etcd goes from ${members} members to ${members - going}: ${quorumWords(members, going)}.`;
}

function quorumWords(members: number, away: number): string {
  const left = members - away;
  const spare = left - quorum(members);
  if (spare < 0) return `${left} of ${members} servers are no quorum, and the API server answers nothing`;
  return spare === 0
    ? `${left} of ${members} servers are the least that etcd needs, and no other may fail`
    : `${left} of ${members} servers run, and ${spare} more may fail`;
}

function volumes({ name }: TerraformResource, { volumesOf }: ServerLosses): string {
  const held = volumesOf(name);
  if (held === undefined)
    return ' Whether a volume lies on its disk does not stand in the output; if so, its data is gone.';
  return held.length === 0 ? '' : ` The volume of ${held.join(', ')} lies on its disk: its data is gone.`;
}

/** The addresses of a server that lie in another location than it is to. */
function addressesElsewhere({ body }: TerraformResource, { addresses }: ServerLosses): string[] {
  const asked = JSON.stringify(body['public_net'] ?? '');
  const { location } = body;
  return addresses.flatMap(({ address, body: { location: place } }) =>
    asked.includes(`${address}.`) && ![location, place].includes(undefined) && location !== place
      ? address
      : [],
  );
}

function keepsAddress({ body }: TerraformResource): boolean {
  return JSON.stringify(body['public_net'] ?? '').includes('hcloud_primary_ip.');
}

/** A server that is made under another address with the name that this one has. */
function renamedTo(
  { body }: TerraformResource,
  added: readonly TerraformResource[],
): TerraformResource | undefined {
  return added.find((each) => each.type === type && each.body['name'] === body['name']);
}
