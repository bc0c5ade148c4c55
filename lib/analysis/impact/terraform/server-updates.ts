import type { Json } from '../../../documents/kubernetes';
import type { TerraformBlock } from '../../../documents/terraform';
import { describePrices, serverTypes } from '../../../terraform/hetzner/prices';
import { argumentOf } from '../../../terraform/lifecycle';
import { updateEffect } from '../../../terraform/updates';
import { type Change, describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { VolumesOfNode } from '../nodes/node-volumes';
import type { ChangedResource } from './changed-resource';
import { effectClasses } from './update-classes';

/** Facts that decide the effect of a server update. */
export interface ServerSurroundings {
  readonly volumesOf: VolumesOfNode;
  /** A sentence about the etcd members that remain while servers are down. */
  readonly quorum: string;
}

/** The effects of changes that do not replace a server. */
export function updatedServer(resource: ChangedResource, surroundings: ServerSurroundings): Consequence[] {
  // Changed firewalls are reported by firewall.ts.
  const changes = resource.changes.filter(({ path }) => argumentOf(path) !== 'firewall_ids');
  const rescale = changes.find(({ path }) => path === 'server_type');
  const consequences = [
    ...unequalProtections(resource),
    ...(rescale === undefined ? [] : [rescaled(resource, rescale, surroundings)]),
    ...changes.filter(({ path }) => path !== 'server_type').flatMap((change) => disrupted(resource, change)),
    ...detached(resource),
  ];
  if (consequences.length > 0) return consequences;
  const shared = { class: 'in place', side: 'terraform', object: resource.after.address } as const;
  if (changes.length > 0)
    return [
      {
        ...{ ...shared, field: changes[0]?.path ?? '' },
        ...{ reason: `${changes.map(describeChange).join('; ')}.`, wayOut: '' },
      },
    ];
  const [first] = [...resource.ignored, ...resource.leftOut];
  if (first === undefined) return [];
  const reason =
    resource.ignored.length > 0
      ? `Terraform ignores ${namesOf(resource.ignored)} of this server: the running server does not change, and only a new server gets the value.`
      : `${namesOf(resource.leftOut)} is no longer set: the provider keeps the current value.`;
  return [{ ...shared, field: first.path, reason, wayOut: '' }];
}

export function isRescaled({ changes }: ChangedResource): boolean {
  return changes.some(({ path }) => path === 'server_type');
}

function namesOf(changes: readonly Change[]): string {
  return [...new Set(changes.map(({ path }) => argumentOf(path)))].join(', ');
}

function disrupted({ after }: ChangedResource, change: Change): Consequence[] {
  const argument = argumentOf(change.path);
  const effect = updateEffect(after.type, argument);
  // Enabling backups removes nothing.
  if (effect === undefined || (argument === 'backups' && after.body['backups'] === true)) return [];
  const wayOut = {
    refused: `Revert the change, or add ${argument} to ignore_changes.`,
    stops: 'Drain the node first, then apply with -target, one node at a time.',
    loses: `Keep ${argument}, or add it to ignore_changes. To keep the server's data: create a snapshot first.`,
  }[effect.kind];
  return [
    {
      ...{ class: effectClasses[effect.kind], side: 'terraform', object: after.address, field: change.path },
      ...{ reason: `${describeChange(change)}. ${effect.words}`, wayOut },
    },
  ];
}

/**
 * Hetzner accepts delete and rebuild protection of a server only with the same value.
 *
 * @see https://docs.hetzner.cloud/reference/cloud#server-actions-change-server-protection
 */
function unequalProtections({ after, changes }: ChangedResource): Consequence[] {
  const change = changes.find(({ path }) => path === 'delete_protection' || path === 'rebuild_protection');
  const [deletion, rebuild] = [after.body['delete_protection'], after.body['rebuild_protection']].map(
    (value) => value ?? false,
  );
  if (change === undefined || deletion === rebuild) return [];
  return [
    {
      ...{ class: 'fails', side: 'terraform', object: after.address, field: change.path },
      reason: `delete_protection is ${deletion} and rebuild_protection is ${rebuild}. Hetzner requires the same value for both, so Hetzner refuses the change, and the apply stops halfway.`,
      wayOut: 'Set both to the same value.',
    },
  ];
}

/**
 * Networks that the server leaves. Other changes, such as a new address in the network, detach and reattach the server
 * within one step.
 */
function detached({ before, after, changes }: ChangedResource): Consequence[] {
  const change = changes.find(({ path }) => argumentOf(path) === 'network');
  if (change === undefined) return [];
  const now = networksOf(after.body);
  const gone = networksOf(before.body).filter((id) => !now.includes(id));
  if (gone.length === 0) return [];
  return [
    {
      ...{ class: 'cut off', side: 'terraform', object: after.address, field: change.path },
      reason: `The server leaves ${gone.join(', ')} while it runs: clients that use its address in this network no longer reach the server.`,
      wayOut: 'Drain the node first, then apply with -target, one node at a time.',
    },
  ];
}

function networksOf({ network }: TerraformBlock): string[] {
  const blocks = (Array.isArray(network) ? network : [network]) as readonly (Json | undefined)[];
  return blocks.flatMap((each) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return [];
    const { network_id: id, subnet_id: subnet } = each as TerraformBlock;
    // The id of a subnet starts with the id of its network.
    return [String(id ?? String(subnet).replace(/^(\d+)-.*$/, '$1'))];
  });
}

function rescaled(
  { before, after }: ChangedResource,
  change: Change,
  { volumesOf, quorum }: ServerSurroundings,
): Consequence {
  const [from, to] = [String(before.body['server_type']), String(after.body['server_type'])];
  const [old, now] = [serverTypes[from], serverTypes[to]];
  const shared = { side: 'terraform', object: after.address, field: change.path } as const;
  const words = describeChange(change);
  const refused =
    'The provider powers the server off, Hetzner refuses the rescale, and the server stays off.';
  if (old !== undefined && now !== undefined && old.architecture !== now.architecture)
    return {
      ...{ class: 'fails', ...shared },
      reason: `${words}: a server can't be rescaled from ${old.architecture} to ${now.architecture}. ${refused}`,
      wayOut: 'Add a node of the new type, then remove this node.',
    };
  if (old !== undefined && now !== undefined && now.disk < old.disk)
    return {
      ...{ class: 'fails', ...shared },
      reason: `${words}: a disk never shrinks (${old.disk} GB -> ${now.disk} GB). ${refused}`,
      wayOut: 'Add a node of the smaller type, then remove this node.',
    };
  const price = describePrices(from, to);
  const volumeOwners = volumesOf(after.name);
  const downtime =
    volumeOwners === undefined || volumeOwners.length === 0
      ? ''
      : ` ${volumeOwners.join(', ')} is down meanwhile.`;
  const grows =
    old !== undefined && now !== undefined && now.disk > old.disk && after.body['keep_disk'] !== true;
  return {
    ...{ class: 'restarts', ...shared },
    reason: `${words}. The provider powers the server off during the rescale, which takes an unknown time. Meanwhile ${quorum}.${downtime}${price === '' ? ' The price is not known here.' : ` ${price}.`}${grows ? ' The disk grows, so a rescale back to a smaller type is impossible.' : ''}`,
    wayOut: `Drain the node first, and apply with -target='${after.address}', one node at a time.${grows ? ' keep_disk = true keeps the disk size, so that the server can be rescaled back.' : ''}`,
  };
}
