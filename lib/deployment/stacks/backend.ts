import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { Model } from '../model/model';

/**
 * Where the state is: it can't be made anew, so it lives beside the output directory, which anybody may delete.
 * Terraform reads the path from the directory of the stack.
 */
const localState = '../../../../terraform.tfstate';

/** The state, in a file or in a bucket of Backblaze. */
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
    // What of S3 is Amazon's alone: Backblaze has no such region, account, metadata address or checksum.
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipRequestingAccountId: true,
    skipS3Checksum: true,
  });
}
