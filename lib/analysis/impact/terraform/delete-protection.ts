import type { TerraformResource } from '../../../documents/terraform';
import type { Consequence } from '../consequence';

/**
 * A delete that Hetzner refuses: the provider leaves the protection on, and so does a plan, because a resource that goes
 * is not updated first.
 *
 * @param cause why Terraform deletes it, without the last full stop
 */
export function refusedDelete(resource: TerraformResource, cause: string): Consequence {
  const { address, type } = resource;
  const off = type === 'hcloud_server' ? 'delete_protection and rebuild_protection' : 'delete_protection';
  return {
    ...{ class: 'fails', side: 'terraform', object: address, field: 'delete_protection' },
    reason: `${cause}, and Hetzner refuses: its deletion is protected, and the provider does not take the protection off. The apply stops halfway.`,
    wayOut: `Two applies: first set ${off} to false (nodes.<name>.deleteProtection: false) and apply; then remove it and apply again. If it is to stay: terraform state rm '${address}', before the apply.`,
  };
}
