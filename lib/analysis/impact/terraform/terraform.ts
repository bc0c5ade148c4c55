import type { Json } from '../../../documents/kubernetes';
import type { Output } from '../../../documents/output';
import type { TerraformResource } from '../../../documents/terraform';
import { argumentOf, isDeleteProtected, isProtected } from '../../../terraform/lifecycle';
import {
  connecting,
  disposable,
  forcesReplacement,
  irreplaceable,
  isKnownType,
  isLeftBehind,
} from '../../../terraform/providers';
import { changes, describeChange } from '../changes';
import type { Consequence } from '../consequence';
import { agentNodes } from '../nodes/node-scripts';
import type { VolumesOfNode } from '../nodes/node-volumes';
import type { ChangedResource } from './changed-resource';
import { refusedDelete } from './delete-protection';
import { firewalls } from './firewall';
import { protections } from './protections';
import { hostOf, records } from './records';
import { resourceChanges } from './resources';
import { rulesets } from './rulesets';
import { servers } from './servers';
import { settings } from './settings';
import { zoneSettings } from './zone-settings';

/** What `terraform apply` of one output does where the other one was applied. */
export function terraformImpact(base: Output, head: Output, volumesOf: VolumesOfNode): Consequence[] {
  const found = resourceChanges(base, head);
  // Without a stack there is nothing to apply, and so nothing is destroyed.
  if (head.stacks.length === 0) return base.stacks.map(({ file }) => abandoned(file, found.base.length));
  const imports = new Map(
    head.stacks.flatMap(({ configuration }) =>
      (configuration.import ?? []).map(({ to, id }) => [to, id] as const),
    ),
  );
  const own = [
    ...servers(found, volumesOf, agentNodes(base)),
    ...firewalls(found),
    ...records(found, new Set(imports.keys())),
    ...rulesets(found),
    ...zoneSettings(found),
    ...protections(found),
  ];
  const objects = new Set(own.map(({ object }) => object));
  const isTold = (resource: TerraformResource) =>
    objects.has(resource.address) ||
    (resource.type === 'cloudflare_dns_record' && objects.has(hostOf(resource)));
  return [
    ...(base.stacks.length === 0 ? firstApply(head, found.added.length, imports.size) : []),
    ...backend(base, head),
    ...own,
    ...found.removed.filter((resource) => !isTold(resource)).map(destroyed),
    // Other analyses know nothing of replacements, except that of servers.
    ...found.changed
      .filter((each) => !isTold(each.after) || (isReplaced(each) && each.after.type !== 'hcloud_server'))
      .flatMap(changed),
    ...found.forgotten.map(forgotten),
    ...found.added
      .filter((resource) => !isTold(resource))
      .map((resource) => made(resource, imports.get(resource.address))),
    ...settings(base, head),
  ];
}

/** What the base didn't describe may exist all the same. */
function firstApply({ stacks }: Output, resources: number, imported: number): Consequence[] {
  if (resources <= imported) return [];
  return [
    {
      ...{
        class: 'exposed',
        side: 'terraform',
        object: stacks.map(({ file }) => file).join(', '),
        field: '',
      },
      reason: `The base has nothing of Terraform: ${resources - imported} resources are made. What exists already, and is not imported, is made a second time, and a second record or server takes requests.`,
      wayOut:
        'Compare with an output that has both sides, or import what exists (adopt, in the configuration).',
    },
  ];
}

function abandoned(file: string, resources: number): Consequence {
  return {
    ...{ class: 'left behind', side: 'terraform', object: file, field: '' },
    reason: `Nothing is to be applied any more: the ${resources} resources that it described stay as they are, and cost what they cost.`,
    wayOut:
      'If they are to go: terraform destroy with the configuration of the base. If not, describe them again.',
  };
}

/** Terraform asks for the state where it was before it does anything else. */
function backend(base: Output, head: Output): Consequence[] {
  const of = ({ stacks }: Output) =>
    stacks.map(
      ({ configuration: { terraform } }) => terraform?.['backend'] ?? terraform?.['cloud'] ?? 'local',
    );
  if (base.stacks.length === 0 || head.stacks.length === 0) return [];
  const [first] = changes(of(base) as Json, of(head) as Json);
  if (first === undefined) return [];
  return [
    {
      ...{ class: 'fails', side: 'terraform', object: 'terraform.backend', field: 'terraform.backend' },
      reason: `${describeChange({ ...first, path: 'The backend' })}. Terraform refuses to plan until the state has moved; with -reconfigure it starts from an empty one, and makes everything a second time.`,
      wayOut: 'terraform init -migrate-state, and a copy of the state beforehand',
    },
  ];
}

function destroyed(resource: TerraformResource): Consequence {
  const { type, address } = resource;
  const shared = { side: 'terraform', object: address, field: '' } as const;
  if (isLeftBehind(type))
    return {
      ...{ class: 'left behind', ...shared },
      reason:
        'The provider has no delete for it: Terraform forgets it, and the value stays as it is at Cloudflare.',
      wayOut:
        'To take the value back, state the former one and apply, before it goes from the configuration.',
    };
  if (isDeleteProtected(resource)) return refusedDelete(resource, 'Terraform would destroy it');
  if (disposable.has(type))
    return { ...{ class: 'in place', ...shared }, reason: 'Terraform destroys it.', wayOut: '' };
  if (connecting.has(type))
    return {
      ...{ class: 'cut off', ...shared },
      reason: 'Terraform destroys it, and what goes through it is cut off.',
      wayOut: `If it is to stay: terraform state rm '${address}', before the apply.`,
    };
  const loss = irreplaceable[type] ?? 'whether it can be had again as it was is not known here';
  const guard = isProtected(resource) ? ' Its prevent_destroy goes with its block.' : '';
  return {
    ...{ class: 'lost', ...shared },
    reason: `Terraform destroys it: ${loss}.${guard}`,
    wayOut: `If it is to stay: terraform state rm '${address}', before the apply.`,
  };
}

/** Where an expression decides how many there are, which of them go stands in no document. */
const multiplying = ['for_each', 'count'];

function isReplaced({ after, changes: found }: ChangedResource): boolean {
  return found.some(({ path }) => forcesReplacement(after.type, argumentOf(path)));
}

function changed(resource: ChangedResource): Consequence[] {
  const { before, after, changes: found, ignored, leftOut } = resource;
  const forcing = found.filter(({ path }) => forcesReplacement(after.type, argumentOf(path)));
  const told = (forcing.length > 0 ? forcing : found).slice(0, 3).map(describeChange).join('; ');
  const field = (forcing[0] ?? found[0] ?? ignored[0] ?? leftOut[0])?.path ?? '';
  const shared = { side: 'terraform', object: after.address, field } as const;
  if (forcing.length > 0 && isProtected(after))
    return [
      {
        ...{ class: 'fails', ...shared },
        reason: `${told}. That forces a new one, which prevent_destroy refuses: nothing of the whole plan is applied.`,
        wayOut: `Take it back, or put ${argumentOf(field)} under ignore_changes, or take prevent_destroy off it, knowing what goes: ${irreplaceable[after.type] ?? 'the old one is destroyed first'}.`,
      },
    ];
  if (forcing.length > 0 && isDeleteProtected(before))
    return [{ ...refusedDelete(before, `${told}. That forces a new one`), field }];
  if (forcing.length > 0 && isLeftBehind(after.type))
    return [
      {
        ...{ class: 'left behind', ...shared },
        reason: `${told}. That forces a new one, and the provider has no delete for the old one: its value stays as it is at Cloudflare.`,
        wayOut: '',
      },
    ];
  if (forcing.length > 0) {
    const loss = irreplaceable[after.type];
    return [
      {
        ...{ class: loss === undefined ? 'replaced' : 'lost', ...shared },
        reason: `${told}. That forces a new one${loss === undefined ? ': the old one is destroyed first' : `: ${loss}`}.`,
        wayOut: '',
      },
    ];
  }
  if (found.some(({ path }) => multiplying.includes(argumentOf(path))))
    return [
      {
        ...{ class: 'lost', ...shared },
        reason: `${told}. Which instances there are then is not known here: those that are no longer among them are destroyed, and those that are new are made.`,
        wayOut: 'See what terraform plan says of it; a moved block keeps an instance under another key.',
      },
    ];
  const shrunk = found.find(
    ({ path, before: old, after: now }) =>
      after.type === 'hcloud_volume' && path === 'size' && Number(now) < Number(old),
  );
  if (shrunk !== undefined)
    return [
      {
        ...{ class: 'fails', ...shared, field: 'size' },
        reason: `${describeChange(shrunk)}: a volume never shrinks. Hetzner refuses, and the apply stops halfway.`,
        wayOut: 'Make a smaller volume beside it, and copy the data.',
      },
    ];
  if (found.length === 0)
    return [
      {
        ...{ class: 'in place', ...shared },
        reason: describeNoChange(resource),
        wayOut: '',
      },
    ];
  if (!isKnownType(after.type))
    return [
      {
        ...{ class: 'replaced', ...shared },
        reason: `${told}. Whether the provider changes it where it is, or destroys it and makes a new one, is not known here.`,
        wayOut: 'See what terraform plan says of it.',
      },
    ];
  return [{ ...{ class: 'in place', ...shared }, reason: `${told}.`, wayOut: '' }];
}

function describeNoChange({ before, after, leftOut }: ChangedResource): string {
  if (before.address !== after.address) return `It moves from ${before.address}, in the state alone.`;
  const names = [...new Set(leftOut.map(({ path }) => argumentOf(path)))];
  return names.length === 0
    ? 'Nothing of it itself changes.'
    : `${names.join(', ')} is no longer stated: the provider leaves it as it is.`;
}

function forgotten({ address }: TerraformResource): Consequence {
  return {
    ...{ class: 'left behind', side: 'terraform', object: address, field: '' },
    reason: 'Terraform forgets it and leaves it as it is: nothing describes it any more.',
    wayOut: '',
  };
}

function made(resource: TerraformResource, id: string | undefined): Consequence {
  const reason = id === undefined ? 'It is made.' : `It is taken over, under the id ${id}: nothing is made.`;
  return { class: 'in place', side: 'terraform', object: resource.address, field: '', reason, wayOut: '' };
}
