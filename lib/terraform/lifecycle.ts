import type { Json } from '../documents/kubernetes';
import type { TerraformBlock, TerraformResource } from '../documents/terraform';

/** The name of the argument in a path: `public_net` for `public_net[0].ipv4`. */
export function argumentOf(path: string): string {
  return /^[^.[]*/.exec(path)?.[0] ?? path;
}

/** Whether an argument is one of Terraform's meta-arguments, such as `depends_on`. */
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
 * Whether a resource has `prevent_destroy`. While its block exists, Terraform refuses every plan that destroys the
 * resource.
 */
export function isProtected(resource: TerraformResource): boolean {
  return lifecycleOf(resource)['prevent_destroy'] === true;
}

/**
 * Whether Hetzner refuses to delete a resource, because delete protection is enabled. The provider does not disable
 * the protection before it deletes.
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
