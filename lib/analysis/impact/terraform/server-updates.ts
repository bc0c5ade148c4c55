import type { Json } from '../../../documents/kubernetes';
import type { TerraformBlock } from '../../../documents/terraform';
import { argumentOf } from '../../../terraform/lifecycle';
import { updateEffect } from '../../../terraform/updates';
import { type Change, describeChange } from '../changes';
import type { Consequence } from '../consequence';
import type { VolumesOfNode } from '../nodes/node-volumes';
import type { ChangedResource } from './changed-resource';
import { describePrices, serverTypes } from './hetzner';
import { effectClasses } from './update-classes';

/** What an update of a server is held against. */
export interface ServerSurroundings {
  readonly volumesOf: VolumesOfNode;
  /** What is left of etcd's members while servers are away, in words. */
  readonly quorum: string;
}

/** What becomes of a server that stays the same server. */
export function updatedServer(resource: ChangedResource, surroundings: ServerSurroundings): Consequence[] {
  // What its firewalls let through is reported with them.
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
      ? `Terraform ignores ${namesOf(resource.ignored)} of this server: what runs stays as it is, and only a server that is made anew gets it.`
      : `${namesOf(resource.leftOut)} is no longer stated: the provider leaves it as it is.`;
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
  // Backups that begin take nothing away.
  if (effect === undefined || (argument === 'backups' && after.body['backups'] === true)) return [];
  const wayOut = {
    refused: `Take it back, or put ${argument} under ignore_changes.`,
    stops: 'Drain the node first, and apply with -target, one node after another.',
    loses: `Keep ${argument}, or put it under ignore_changes. To keep an image: make a snapshot of the server first.`,
  }[effect.kind];
  return [
    {
      ...{ class: effectClasses[effect.kind], side: 'terraform', object: after.address, field: change.path },
      ...{ reason: `${describeChange(change)}. ${effect.words}`, wayOut },
    },
  ];
}

/**
 * Hetzner takes both protections of a server or none.
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
      reason: `delete_protection is ${deletion} and rebuild_protection is ${rebuild}. Hetzner refuses protections that differ, and the apply stops halfway.`,
      wayOut: 'Give both the same value.',
    },
  ];
}

/** Networks that the server leaves. Other changes of a network, such as of its address in it, attach it again at once. */
function detached({ before, after, changes }: ChangedResource): Consequence[] {
  const change = changes.find(({ path }) => argumentOf(path) === 'network');
  if (change === undefined) return [];
  const now = networksOf(after.body);
  const gone = networksOf(before.body).filter((id) => !now.includes(id));
  if (gone.length === 0) return [];
  return [
    {
      ...{ class: 'cut off', side: 'terraform', object: after.address, field: change.path },
      reason: `The server leaves ${gone.join(', ')} while it runs: what talks to it by its address there no longer reaches it.`,
      wayOut: 'Drain the node first, and apply with -target, one node after another.',
    },
  ];
}

function networksOf({ network }: TerraformBlock): string[] {
  const blocks = (Array.isArray(network) ? network : [network]) as readonly (Json | undefined)[];
  return blocks.flatMap((each) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return [];
    const { network_id: id, subnet_id: subnet } = each as TerraformBlock;
    // The id of a subnet begins with that of its network.
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
  const refused = 'The provider powers the server off, Hetzner refuses, and the server stays off.';
  if (old !== undefined && now !== undefined && old.architecture !== now.architecture)
    return {
      ...{ class: 'fails', ...shared },
      reason: `${words}: a server can't change from ${old.architecture} to ${now.architecture}. ${refused}`,
      wayOut: 'Add a node of the new type, and remove this one afterwards.',
    };
  if (old !== undefined && now !== undefined && now.disk < old.disk)
    return {
      ...{ class: 'fails', ...shared },
      reason: `${words}: a disk never shrinks (${old.disk} GB -> ${now.disk} GB). ${refused}`,
      wayOut: 'Add a node of the smaller type, and remove this one afterwards.',
    };
  const price = describePrices(from, to);
  const held = volumesOf(after.name);
  const away = held === undefined || held.length === 0 ? '' : ` ${held.join(', ')} is away as long.`;
  const grows =
    old !== undefined && now !== undefined && now.disk > old.disk && after.body['keep_disk'] !== true;
  return {
    ...{ class: 'restarts', ...shared },
    reason: `${words}. The provider powers the server off for as long as the rescale takes, which nothing here bounds: meanwhile ${quorum}.${away}${price === '' ? ' The price is not known here.' : ` ${price}.`}${grows ? ' Its disk grows, and there is no way back to a smaller type.' : ''}`,
    wayOut: `Drain the node first, and apply with -target='${after.address}', one node after another.${grows ? ' keep_disk = true keeps the way back.' : ''}`,
  };
}
