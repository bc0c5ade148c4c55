import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { Model } from '../model/model';

/**
 * The path of the state. It can't be recreated, so it is next to the output directory, which may be deleted.
 * Terraform resolves it from the directory of the stack.
 */
const localState = '../../../../terraform.tfstate';

/** The backend: a file, or a bucket at Backblaze. */
export function addBackend(stack: TerraformStack, { namespace, terraform }: Model): void {
  if (terraform === undefined) {
    new LocalBackend(stack, { path: localState.replace('terraform', `terraform.${namespace}`) });
    return;
  }
  const { bucket, region } = terraform.backblazeB2;
  new S3Backend(stack, {
    bucket,
    key: `${namespace}/terraform.tfstate`,
    region,
    endpoints: { s3: `https://s3.${region}.backblazeb2.com` },
    usePathStyle: true,
    // Checks that only Amazon's S3 supports: Backblaze has no such region, account, metadata address or
    // checksum.
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipRequestingAccountId: true,
    skipS3Checksum: true,
  });
}
