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

/** The effects of `terraform apply` of the new output (`head`), after the old output (`base`) has been applied. */
export function terraformImpact(base: Output, head: Output, volumesOf: VolumesOfNode): Consequence[] {
  const found = resourceChanges(base, head);
  // An output without a stack makes Terraform apply and destroy nothing.
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
  const isReportedElsewhere = (resource: TerraformResource) =>
    objects.has(resource.address) ||
    (resource.type === 'cloudflare_dns_record' && objects.has(hostOf(resource)));
  return [
    ...(base.stacks.length === 0 ? firstApply(head, found.added.length, imports.size) : []),
    ...backend(base, head),
    ...own,
    ...found.removed.filter((resource) => !isReportedElsewhere(resource)).map(destroyed),
    // The other analyses do not report replacements, except the analysis of servers.
    ...found.changed
      .filter(
        (each) =>
          !isReportedElsewhere(each.after) || (isReplaced(each) && each.after.type !== 'hcloud_server'),
      )
      .flatMap(changed),
    ...found.forgotten.map(forgotten),
    ...found.added
      .filter((resource) => !isReportedElsewhere(resource))
      .map((resource) => made(resource, imports.get(resource.address))),
    ...settings(base, head),
  ];
}

/** Resources that are missing in the old output may exist already. */
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
      reason: `The base has no Terraform stack: ${resources - imported} resources are created. A resource that exists already and is not imported is created a second time; a second record or server then receives requests.`,
      wayOut:
        'Compare with an output that has manifests and stacks, or import existing resources (adopt, in the configuration).',
    },
  ];
}

function abandoned(file: string, resources: number): Consequence {
  return {
    ...{ class: 'left behind', side: 'terraform', object: file, field: '' },
    reason: `The stack is no longer in the output: its ${resources} resources remain and still cost money.`,
    wayOut:
      'To remove the resources, run terraform destroy with the configuration from before this change. To keep the resources, add them to the configuration again.',
  };
}

/** Terraform refuses every command until a state is migrated to a changed backend. */
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
      reason: `${describeChange({ ...first, path: 'The backend' })}. Terraform refuses to plan until the state is migrated. With -reconfigure Terraform starts from an empty state and creates everything a second time.`,
      wayOut: 'Copy the state, then run terraform init -migrate-state',
    },
  ];
}

function destroyed(resource: TerraformResource): Consequence {
  const { type, address } = resource;
  const shared = { side: 'terraform', object: address, field: '' } as const;
  if (isLeftBehind(type))
    return {
      ...{ class: 'left behind', ...shared },
      reason: "The provider can't delete the resource: Terraform forgets it, and Cloudflare keeps the value.",
      wayOut:
        'To restore the former value, set and apply it before you remove the resource from the configuration.',
    };
  if (isDeleteProtected(resource)) return refusedDelete(resource, 'Terraform would destroy the resource');
  if (disposable.has(type))
    return { ...{ class: 'in place', ...shared }, reason: 'Terraform destroys the resource.', wayOut: '' };
  if (connecting.has(type))
    return {
      ...{ class: 'cut off', ...shared },
      reason: 'Terraform destroys the resource, and its connections are cut off.',
      wayOut: `To keep the resource, run before the apply: terraform state rm '${address}'`,
    };
  const loss = irreplaceable[type] ?? 'unknown whether it can be restored';
  const guard = isProtected(resource)
    ? ' prevent_destroy does not protect the resource, because the block with prevent_destroy is removed.'
    : '';
  return {
    ...{ class: 'lost', ...shared },
    reason: `Terraform destroys the resource: ${loss}.${guard}`,
    wayOut: `To keep the resource, run before the apply: terraform state rm '${address}'`,
  };
}

/** Arguments that decide which instances exist. The instances of an expression are unknown here. */
const multiplying = ['for_each', 'count'];

function isReplaced({ after, changes: found }: ChangedResource): boolean {
  return found.some(({ path }) => forcesReplacement(after.type, argumentOf(path)));
}

function changed(resource: ChangedResource): Consequence[] {
  const { before, after, changes: found, ignored, leftOut } = resource;
  const forcing = found.filter(({ path }) => forcesReplacement(after.type, argumentOf(path)));
  const change = (forcing.length > 0 ? forcing : found).slice(0, 3).map(describeChange).join('; ');
  const field = (forcing[0] ?? found[0] ?? ignored[0] ?? leftOut[0])?.path ?? '';
  const shared = { side: 'terraform', object: after.address, field } as const;
  if (forcing.length > 0 && isProtected(after))
    return [
      {
        ...{ class: 'fails', ...shared },
        reason: `${change}. This forces a replacement. prevent_destroy refuses that, so nothing of the plan is applied.`,
        wayOut: `Revert the change, or add ${argumentOf(field)} to ignore_changes, or remove prevent_destroy and accept the loss: ${irreplaceable[after.type] ?? 'the old resource is destroyed first'}.`,
      },
    ];
  if (forcing.length > 0 && isDeleteProtected(before))
    return [{ ...refusedDelete(before, `${change}. This forces a replacement`), field }];
  if (forcing.length > 0 && isLeftBehind(after.type))
    return [
      {
        ...{ class: 'left behind', ...shared },
        reason: `${change}. This forces a replacement. The provider can't delete the old resource: Cloudflare keeps its value.`,
        wayOut: '',
      },
    ];
  if (forcing.length > 0) {
    const loss = irreplaceable[after.type];
    return [
      {
        ...{ class: loss === undefined ? 'replaced' : 'lost', ...shared },
        reason: `${change}. This forces a replacement${loss === undefined ? ': the old resource is destroyed first' : `: ${loss}`}.`,
        wayOut: '',
      },
    ];
  }
  if (found.some(({ path }) => multiplying.includes(argumentOf(path))))
    return [
      {
        ...{ class: 'lost', ...shared },
        reason: `${change}. It is unknown which instances this adds and removes. Removed instances are destroyed.`,
        wayOut: 'Read the output of terraform plan; a moved block keeps an instance under another key.',
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
        reason: `${describeChange(shrunk)}: a volume can't shrink. Hetzner refuses the change, and the apply stops halfway.`,
        wayOut: 'Create a smaller volume in addition, and copy the data.',
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
        reason: `${change}. It is unknown whether the provider updates the resource in place or replaces it.`,
        wayOut: 'Read the output of terraform plan.',
      },
    ];
  return [{ ...{ class: 'in place', ...shared }, reason: `${change}.`, wayOut: '' }];
}

function describeNoChange({ before, after, leftOut }: ChangedResource): string {
  if (before.address !== after.address)
    return `The resource moves from ${before.address}, only in the state.`;
  const names = [...new Set(leftOut.map(({ path }) => argumentOf(path)))];
  return names.length === 0
    ? 'The resource itself does not change.'
    : `${names.join(', ')} is no longer set: the provider keeps the current value.`;
}

function forgotten({ address }: TerraformResource): Consequence {
  return {
    ...{ class: 'left behind', side: 'terraform', object: address, field: '' },
    reason: 'Terraform removes the resource from its state and leaves it running, unmanaged.',
    wayOut: '',
  };
}

function made(resource: TerraformResource, id: string | undefined): Consequence {
  const reason =
    id === undefined
      ? 'Terraform creates the resource.'
      : `Terraform imports the resource with the id ${id} and creates nothing.`;
  return { class: 'in place', side: 'terraform', object: resource.address, field: '', reason, wayOut: '' };
}
