import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { synthesize } from '../../../lib/cli/synthesize';
import { isOwnable } from '../../../lib/output/owned';
import { edited, withConfiguration } from '../../support/configuration';
import { production } from '../../support/production';

function lockOf(versions: Readonly<Record<string, string>>, hashes = '"h1:AAAA"'): string {
  return Object.entries(versions)
    .map(
      ([source, version]) =>
        `provider "registry.terraform.io/${source}" {\n  version = "${version}"\n  hashes = [\n    ${hashes},\n  ]\n}\n`,
    )
    .join('\n');
}

const required = { 'cloudflare/cloudflare': '5.14.0', 'hetznercloud/hcloud': '1.68.0' };

function filesWith(lock: string) {
  return withConfiguration(edited([]), (path) => {
    writeFileSync(join(dirname(path), 'terraform.lock.hcl'), lock);
    return synthesize(path).terraformFiles;
  });
}

const place = 'stacks/honeydue/.terraform.lock.hcl';

test('the lock file lies where Terraform looks for it, as it is kept', () => {
  expect(filesWith(lockOf(required))).toContainEqual({ path: place, text: lockOf(required) });
  expect(isOwnable(place)).toBe(true);
});

test('without one Terraform keeps its own', () => {
  expect(production.terraformFiles.map(({ path }) => path)).not.toContain(place);
});

test.each([
  [
    'of another version',
    lockOf({ ...required, 'hetznercloud/hcloud': '1.67.0' }),
    'terraform.lock.hcl:8:1 locks hetznercloud/hcloud 1.67.0, but the stack requires 1.68.0; run npm run lock',
  ],
  [
    'without a provider',
    lockOf({ 'hetznercloud/hcloud': '1.68.0' }),
    'terraform.lock.hcl:1:1 has no cloudflare/cloudflare, which the stack requires',
  ],
  ['without a checksum', lockOf(required, ''), 'has no checksum of cloudflare/cloudflare'],
])('one %s is refused', (_, lock, message) => {
  expect(() => filesWith(lock)).toThrow(message);
});

test.each(['.terraform.lock.hcl', 'a/.terraform/x', 'a/.terraform.lock.hcl/b', 'a/.git', '..'])(
  '%s is no file of the output',
  (path) => {
    expect(isOwnable(path)).toBe(false);
  },
);
