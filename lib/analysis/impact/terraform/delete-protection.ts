import type { TerraformResource } from '../../../documents/terraform';
import type { Consequence } from '../consequence';

/**
 * A deletion that Hetzner refuses because of delete protection. Terraform does not update a resource before it deletes
 * the resource, and the provider does not disable the protection.
 *
 * @param cause why Terraform deletes the resource, without the final full stop
 */
export function refusedDelete(resource: TerraformResource, cause: string): Consequence {
  const { address, type } = resource;
  const off = type === 'hcloud_server' ? 'delete_protection and rebuild_protection' : 'delete_protection';
  return {
    ...{ class: 'fails', side: 'terraform', object: address, field: 'delete_protection' },
    reason: `${cause}. Hetzner refuses the deletion because the resource is protected, and the provider does not disable the protection. The apply stops halfway.`,
    wayOut: `Apply twice: first set ${off} to false (nodes.<name>.deleteProtection: false) and apply; then remove the resource and apply again. To keep the resource, run before the apply: terraform state rm '${address}'`,
  };
}
