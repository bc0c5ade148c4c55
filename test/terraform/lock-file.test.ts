import { lockedProviders } from '../../lib/terraform/lock-file';

const text = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.

provider "registry.terraform.io/hetznercloud/hcloud" {
  version     = "1.68.0"
  constraints = "1.68.0"
  hashes = [
    "h1:AAAA",
    "zh:0000",
  ]
}

provider "registry.terraform.io/cloudflare/cloudflare" {
  version = "5.14.0"
}
`;

test('a lock file has each provider with its version, its line and its checksums', () => {
  expect(lockedProviders(text)).toEqual([
    { source: 'hetznercloud/hcloud', version: '1.68.0', line: 4, hashes: ['h1:AAAA', 'zh:0000'] },
    { source: 'cloudflare/cloudflare', version: '5.14.0', line: 13, hashes: [] },
  ]);
});
