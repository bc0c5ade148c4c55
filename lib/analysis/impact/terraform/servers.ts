import type { TerraformResource } from '../../../documents/terraform';
import { type Change, describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { VolumesOfNode } from '../nodes/node-volumes';
import { argumentOf, type ChangedResource, isProtected } from './changed-resource';
import { describePrices, serverTypes } from './hetzner';
import { replacing } from './providers';
import type { ResourceChanges } from './resources';

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
    gone.filter(isMember).length +
    ownMembers.filter((each) => isReplaced(each) && !isProtected(each.after)).length;
  const rescaling = ownMembers.filter((each) => !isReplaced(each) && isRescaled(each)).length;
  const addresses = head.filter((resource) => resource.type === 'hcloud_primary_ip');
  const cluster = { members, going, away: going + rescaling, agents, volumesOf, addresses };
  return [
    ...gone.map((resource) => destroyed(resource, cluster, renamedTo(resource, added))),
    ...own.flatMap((resource) => changedServer(resource, cluster)),
  ];
}

interface Cluster {
  readonly members: number;
  readonly agents: ReadonlySet<string>;
  /** How many servers one apply destroys: Terraform takes them all at once. */
  readonly going: number;
  /** How many it destroys or powers off. */
  readonly away: number;
  readonly volumesOf: VolumesOfNode;
  /** Those that stay when a server goes. */
  readonly addresses: readonly TerraformResource[];
}

function destroyed(
  resource: TerraformResource,
  cluster: Cluster,
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
  return {
    ...{ class: 'lost', side: 'terraform', object: resource.address, field: '' },
    reason: `Terraform destroys the server: ${isProtected(resource) ? 'its prevent_destroy goes with its block, and ' : ''}the provider lifts delete protection.${moved} ${etcd(resource, cluster)}${volumes(resource, cluster)}`,
    wayOut,
  };
}

function changedServer(resource: ChangedResource, cluster: Cluster): Consequence[] {
  const { after, ignored } = resource;
  // What its firewalls let through is told with them.
  const changes = resource.changes.filter(({ path }) => argumentOf(path) !== 'firewall_ids');
  const object = after.address;
  const shared = { side: 'terraform', object } as const;
  const consequences: Consequence[] = [];
  if (isReplaced(resource)) consequences.push(replaced(resource, cluster));
  else {
    const rescale = changes.find(({ path }) => path === 'server_type');
    if (rescale !== undefined) consequences.push(rescaled(resource, rescale, cluster));
    for (const each of changes.filter(({ path }) => Object.hasOwn(outages, argumentOf(path)))) {
      const [kind, words] = outages[argumentOf(each.path)] ?? ['restarts', ''];
      consequences.push({
        ...{ class: kind, ...shared, field: each.path },
        reason: `${describeChange(each)}. ${words}`,
        wayOut:
          kind === 'fails'
            ? `Take it back, or put ${argumentOf(each.path)} under ignore_changes.`
            : 'Drain the node first, and apply with -target, one node after another.',
      });
    }
  }
  if (consequences.length > 0) return consequences;
  if (changes.length > 0)
    return [
      {
        ...{ class: 'in place', ...shared, field: changes[0]?.path ?? '' },
        ...{ reason: `${changes.map(describeChange).join('; ')}.`, wayOut: '' },
      },
    ];
  if (ignored.length === 0) return [];
  const [first] = ignored;
  return [
    {
      ...{ class: 'in place', ...shared, field: first?.path ?? '' },
      reason: `Terraform ignores ${[...new Set(ignored.map(({ path }) => argumentOf(path)))].join(', ')} of this server: what runs stays as it is, and only a server that is made anew gets it.`,
      wayOut: '',
    },
  ];
}

/** What of a running server the provider changes with the power off, or not at all. */
const outages: Readonly<Record<string, readonly ['restarts' | 'fails', string]>> = {
  public_net: ['restarts', 'The provider powers the server off to change its addresses.'],
  network: ['restarts', 'Hetzner refuses it for a running server, or the provider powers it off.'],
  placement_group_id: ['fails', 'Hetzner refuses it for a running server, and the apply stops halfway.'],
};

function isRescaled({ changes }: ChangedResource): boolean {
  return changes.some(({ path }) => path === 'server_type');
}

function isReplaced({ changes }: ChangedResource): boolean {
  return replacingChanges(changes).length > 0;
}

function replacingChanges(changes: readonly Change[]): Change[] {
  return changes.filter(({ path }) => replacing[type]?.includes(argumentOf(path)));
}

function replaced({ before, after, changes }: ChangedResource, cluster: Cluster): Consequence {
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
  const stranded = addressesElsewhere(after, cluster);
  if (stranded.length > 0)
    return {
      ...{ class: 'fails', ...shared },
      reason: `${why}. That forces a new server, and ${stranded.join(', ')} stays where it is: Hetzner gives an address to servers of its own location alone. The old server is destroyed, and the new one refused. ${etcd(after, cluster)}${volumes(after, cluster)}`,
      wayOut:
        'Keep the location. To move, add a node there with an address of its own, and remove this one afterwards.',
    };
  const losesQuorum =
    !cluster.agents.has(after.name) && cluster.members - cluster.going < quorum(cluster.members);
  const isLost = held === undefined || held.length > 0 || losesQuorum;
  const price = describePrices(String(before.body['server_type']), String(after.body['server_type']));
  const isAddressKept = keepsAddress(after) && !changes.some(({ path }) => argumentOf(path) === 'public_net');
  const address = isAddressKept
    ? 'It keeps its address, which is a resource of its own.'
    : 'It gets another address: DNS and the firewalls point to the old one until they are applied, too.';
  return {
    ...{ class: isLost ? 'lost' : 'replaced', ...shared },
    reason: `${why}. That forces a new server. ${etcd(after, cluster)}${volumes(after, cluster)} ${address}${price === '' ? '' : ` ${price}.`}`,
    wayOut: step,
  };
}

function rescaled({ before, after }: ChangedResource, change: Change, cluster: Cluster): Consequence {
  const [from, to] = [String(before.body['server_type']), String(after.body['server_type'])];
  const [old, now] = [serverTypes[from], serverTypes[to]];
  const shared = { side: 'terraform', object: after.address, field: change.path } as const;
  const words = describeChange(change);
  if (old !== undefined && now !== undefined && old.architecture !== now.architecture)
    return {
      ...{ class: 'fails', ...shared },
      reason: `${words}: a server can't change from ${old.architecture} to ${now.architecture}. The provider powers it off and Hetzner refuses.`,
      wayOut: 'Add a node of the new type, and remove this one afterwards.',
    };
  if (old !== undefined && now !== undefined && now.disk < old.disk)
    return {
      ...{ class: 'fails', ...shared },
      reason: `${words}: a disk never shrinks (${old.disk} GB -> ${now.disk} GB). The provider powers the server off and Hetzner refuses.`,
      wayOut: 'Add a node of the smaller type, and remove this one afterwards.',
    };
  const price = describePrices(from, to);
  const held = cluster.volumesOf(after.name);
  const away = held === undefined || held.length === 0 ? '' : ` ${held.join(', ')} is away as long.`;
  const grows =
    old !== undefined && now !== undefined && now.disk > old.disk && after.body['keep_disk'] !== true;
  return {
    ...{ class: 'restarts', ...shared },
    reason: `${words}. The provider powers the server off for as long as the rescale takes, which nothing here bounds: meanwhile ${cluster.agents.has(after.name) ? 'its pods run elsewhere or not at all, and etcd keeps its members' : quorumWords(cluster.members, cluster.away)}.${away}${price === '' ? ' The price is not known here.' : ` ${price}.`}${grows ? ' Its disk grows, and there is no way back to a smaller type.' : ''}`,
    wayOut: `Drain the node first, and apply with -target='${after.address}', one node after another.${grows ? ' keep_disk = true keeps the way back.' : ''}`,
  };
}

function etcd({ name }: TerraformResource, { members, going, agents }: Cluster): string {
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

function volumes({ name }: TerraformResource, { volumesOf }: Cluster): string {
  const held = volumesOf(name);
  if (held === undefined)
    return ' Whether a volume lies on its disk does not stand in the output; if so, its data is gone.';
  return held.length === 0 ? '' : ` The volume of ${held.join(', ')} lies on its disk: its data is gone.`;
}

/** The addresses of a server that lie in another location than it is to. */
function addressesElsewhere({ body }: TerraformResource, { addresses }: Cluster): string[] {
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
