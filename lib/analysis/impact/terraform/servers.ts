import type { TerraformResource } from '../../../documents/terraform';
import { describePrices } from '../../../terraform/hetzner/prices';
import { argumentOf, isDeleteProtected, isProtected } from '../../../terraform/lifecycle';
import { forcesReplacement } from '../../../terraform/providers';
import { type Change, describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { VolumesOfNode } from '../nodes/node-volumes';
import type { ChangedResource } from './changed-resource';
import { refusedDelete } from './delete-protection';
import type { ResourceChanges } from './resources';
import { isRescaled, updatedServer } from './server-updates';

const type = 'hcloud_server';

/** etcd needs more than half of its members. Without this quorum, the API server stops. */
function quorum(members: number): number {
  return Math.floor(members / 2) + 1;
}

/**
 * The effects on servers. Destroying a server also destroys its etcd member and its local volumes.
 *
 * @param volumesOf the workloads with a local volume on a running node
 * @param agents the running nodes without an etcd member
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
  const destroyedMembers =
    gone.filter((each) => isMember(each) && !isDeleteProtected(each)).length +
    ownMembers.filter(
      (each) => isReplacedServer(each) && !isProtected(each.after) && !isDeleteProtected(each.before),
    ).length;
  const rescaling = ownMembers.filter((each) => !isReplacedServer(each) && isRescaled(each)).length;
  const addresses = head.filter((resource) => resource.type === 'hcloud_primary_ip');
  const cluster = {
    members,
    destroyedMembers,
    stoppedMembers: destroyedMembers + rescaling,
    agents,
    volumesOf,
    addresses,
  };
  return [
    ...gone.map((resource) => destroyed(resource, cluster, renamedTo(resource, added))),
    ...own.flatMap((resource) => changedServer(resource, cluster)),
  ];
}

interface ServerLosses {
  readonly members: number;
  /** Number of servers that one apply destroys, all at the same time. */
  readonly destroyedMembers: number;
  /** Number of servers that one apply destroys or powers off. */
  readonly stoppedMembers: number;
  readonly agents: ReadonlySet<string>;
  readonly volumesOf: VolumesOfNode;
  /** Primary IPs, which remain after their server is destroyed. */
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
      : ` ${renamed.address} has the same name. Without a moved block or terraform state mv, Terraform treats the two as different servers.`;
  const wayOut =
    renamed === undefined
      ? `To remove the server: drain the node, delete it from the cluster, move its volumes, then apply. To keep the server, run before the apply: terraform state rm ${resource.address}`
      : `Before the apply: terraform state mv ${resource.address} ${renamed.address}. Also move the other resources that are named after the server.`;
  if (isDeleteProtected(resource)) {
    const refused = refusedDelete(
      resource,
      `Terraform would destroy the server${moved === '' ? '' : ` (${moved.trim().replace(/\.$/, '')})`}`,
    );
    return renamed === undefined
      ? {
          ...refused,
          wayOut: `Drain the node, delete it from the cluster, and move its volumes. ${refused.wayOut}`,
        }
      : { ...refused, wayOut };
  }
  const guard = isProtected(resource)
    ? ' prevent_destroy does not protect the server, because the block with prevent_destroy is removed.'
    : '';
  return {
    ...{ class: 'lost', side: 'terraform', object: resource.address, field: '' },
    reason: `Terraform destroys the server.${guard}${moved} ${etcd(resource, cluster)}${volumes(resource, cluster)} ${availability(resource)}`,
    wayOut,
  };
}

function changedServer(resource: ChangedResource, cluster: ServerLosses): Consequence[] {
  if (isReplacedServer(resource)) return [replaced(resource, cluster)];
  const { members, stoppedMembers, agents, volumesOf } = cluster;
  return updatedServer(resource, {
    volumesOf,
    quorum: agents.has(resource.after.name)
      ? 'the pods of this node run on other nodes or not at all, and etcd keeps its members'
      : quorumWords(members, stoppedMembers),
  });
}

/** Whether a change forces a new server. */
export function isReplacedServer({ changes }: ChangedResource): boolean {
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
  const volumeOwners = cluster.volumesOf(after.name);
  const copy =
    volumeOwners === undefined || volumeOwners.length > 0
      ? `Copy the data of ${volumeOwners?.join(', ') ?? 'its volumes'} off the server first. `
      : '';
  const step = `${copy}Replace one node at a time: drain the node, delete it from the cluster, apply with -target='${after.address}', and wait until the node is ready again.`;
  if (isProtected(after))
    return {
      ...{ class: 'fails', ...shared },
      reason: `${why}. This forces a new server. prevent_destroy refuses that, so nothing of the plan is applied.`,
      wayOut: `Revert the change, or add ${argumentOf(field)} to ignore_changes. To replace the server: remove prevent_destroy from this server only. ${step}`,
    };
  if (isDeleteProtected(before))
    return { ...refusedDelete(before, `${why}. This forces a new server`), field };
  const stranded = addressesElsewhere(after, cluster);
  if (stranded.length > 0)
    return {
      ...{ class: 'fails', ...shared },
      reason: `${why}. This forces a new server, and ${stranded.join(', ')} stays in its location. Hetzner assigns a primary IP only to servers in the same location, so the old server is destroyed and the new one is refused. ${etcd(after, cluster)}${volumes(after, cluster)}`,
      wayOut:
        'Keep the location. To move the node, add a new node with its own address in the new location, then remove the old node.',
    };
  const isLost =
    volumeOwners === undefined ||
    volumeOwners.length > 0 ||
    (!cluster.agents.has(after.name) && cluster.members - cluster.destroyedMembers < quorum(cluster.members));
  const price = describePrices(String(before.body['server_type']), String(after.body['server_type']));
  const isAddressKept = keepsAddress(after) && !changes.some(({ path }) => argumentOf(path) === 'public_net');
  const address = isAddressKept
    ? 'The server keeps its address, which is a separate resource (hcloud_primary_ip).'
    : 'The server gets another address. DNS and the firewalls use the old address until they are applied, too.';
  return {
    ...{ class: isLost ? 'lost' : 'replaced', ...shared },
    reason: `${why}. This forces a new server. ${availability(after)} ${etcd(after, cluster)}${volumes(after, cluster)} ${address}${price === '' ? '' : ` ${price}.`}`,
    wayOut: step,
  };
}

/**
 * Describes whether the server type can be ordered: Hetzner's stock changes by the hour, and is not known offline.
 */
function availability({ body }: TerraformResource): string {
  const { server_type: kind, location } = body;
  if (typeof kind !== 'string') return 'It is unknown whether Hetzner can provide another server now.';
  const place = typeof location === 'string' ? ` in ${location}` : '';
  return `It is unknown whether Hetzner can provide a ${kind}${place} now. To see the availability: hcloud server-type describe ${kind}.`;
}

function etcd({ name }: TerraformResource, { members, destroyedMembers, agents }: ServerLosses): string {
  if (agents.has(name)) return 'The server is a k3s agent, so etcd loses no member.';
  if (members < 2) return 'This is the only server: the cluster is lost.';
  if (members - destroyedMembers < quorum(members))
    return `One apply destroys ${destroyedMembers} of ${members} servers at the same time: etcd loses quorum, and the API server stops.`;
  return `etcd goes from ${members} members to ${members - destroyedMembers}: ${quorumWords(members, destroyedMembers)}.`;
}

function quorumWords(members: number, stoppedMembers: number): string {
  const left = members - stoppedMembers;
  const spare = left - quorum(members);
  if (spare < 0) return `${left} of ${members} servers are no quorum, and the API server does not answer`;
  return spare === 0
    ? `${left} of ${members} servers are the minimum for etcd quorum, and no other server may fail`
    : `${left} of ${members} servers run, and ${spare} more may fail`;
}

function volumes({ name }: TerraformResource, { volumesOf }: ServerLosses): string {
  const volumeOwners = volumesOf(name);
  if (volumeOwners === undefined)
    return ' It is unknown whether the disk has local volumes. If so, their data is lost.';
  return volumeOwners.length === 0
    ? ''
    : ` The disk of the server has the volume of ${volumeOwners.join(', ')}: the data is lost.`;
}

/** Primary IPs of a server that are in another location than the new server. */
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

/** An added server with the same name under another resource address. */
function renamedTo(
  { body }: TerraformResource,
  added: readonly TerraformResource[],
): TerraformResource | undefined {
  return added.find((each) => each.type === type && each.body['name'] === body['name']);
}
