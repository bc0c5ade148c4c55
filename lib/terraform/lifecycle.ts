import type { Json } from '../documents/kubernetes';
import type { TerraformBlock, TerraformResource } from '../documents/terraform';

/** The argument that a path lies in: `public_net` of `public_net[0].ipv4`. */
export function argumentOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

/** Whether an argument says how Terraform plans, and is no part of the resource itself. */
export function isMetaArgument(argument: string): boolean {
  return ['lifecycle', 'depends_on', 'provider'].includes(argument);
}

/** The arguments whose changes Terraform ignores. */
export function ignoredArguments(resource: TerraformResource): ReadonlySet<string> | 'all' {
  const ignoring = lifecycleOf(resource)['ignore_changes'];
  if (ignoring === 'all') return 'all';
  return new Set(Array.isArray(ignoring) ? ignoring.map((each: Json) => argumentOf(String(each))) : []);
}

/** Whether Terraform refuses every plan that destroys it, for as long as its block is there. */
export function isProtected(resource: TerraformResource): boolean {
  return lifecycleOf(resource)['prevent_destroy'] === true;
}

/**
 * Whether Hetzner refuses to delete it. The provider does not take the protection off before it deletes.
 *
 * @see https://docs.hetzner.cloud/reference/cloud#servers-delete-a-server the error code `protected`
 */
export function isDeleteProtected({ type, body }: TerraformResource): boolean {
  return type.startsWith('hcloud_') && body['delete_protection'] === true;
}

function lifecycleOf({ body }: TerraformResource): TerraformBlock {
  const { lifecycle } = body;
  return ((Array.isArray(lifecycle) ? lifecycle[0] : lifecycle) ?? {}) as TerraformBlock;
}
