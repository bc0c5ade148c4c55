import type { Json } from '../documents/kubernetes';
import type { TerraformBlock, TerraformResource } from '../documents/terraform';

/** The argument of a path: `public_net` for `public_net[0].ipv4`. */
export function argumentOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

/** Whether an argument is a meta-argument of Terraform and not part of the resource. */
export function isMetaArgument(argument: string): boolean {
  return ['lifecycle', 'depends_on', 'provider'].includes(argument);
}

/** The arguments in `ignore_changes`. */
export function ignoredArguments(resource: TerraformResource): ReadonlySet<string> | 'all' {
  const ignoring = lifecycleOf(resource)['ignore_changes'];
  if (ignoring === 'all') return 'all';
  return new Set(Array.isArray(ignoring) ? ignoring.map((each: Json) => argumentOf(String(each))) : []);
}

/**
 * Whether the resource has `prevent_destroy`: as long as its block exists, Terraform refuses every plan that destroys
 * it.
 */
export function isProtected(resource: TerraformResource): boolean {
  return lifecycleOf(resource)['prevent_destroy'] === true;
}

/**
 * Whether Hetzner refuses to delete the resource. The provider does not remove the protection before it deletes.
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
