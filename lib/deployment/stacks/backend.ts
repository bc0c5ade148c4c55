import { LocalBackend, S3Backend, type TerraformStack } from 'cdktf';
import type { Model } from '../model/model';

/**
 * The path of the state file, relative to the directory of the stack. The state can't be recreated, so it is
 * stored outside the output directory, which may be deleted.
 */
const localState = '../../../../terraform.tfstate';

/** Adds the backend of the state: a local file, or a bucket at Backblaze. */
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
    // Turns off checks that need Amazon's S3: Backblaze has other regions, and no account ids, metadata
    // service or checksums.
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipRequestingAccountId: true,
    skipS3Checksum: true,
  });
}
