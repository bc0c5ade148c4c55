import type { OutputFile } from '../../documents/file';
import type { TerraformBlock, TerraformDocument } from '../../documents/terraform';
import { ConfigError, type Problem } from '../../input/problem';
import { lockedProviders } from '../../terraform/lock-file';
import type { ProviderLock } from '../config/provider-lock';

const again = 'run npm run lock, and commit the file';

/**
 * The lock file of Terraform's providers, copied to the directory of each stack.
 *
 * @throws ConfigError if the lock file lacks a provider, version or checksum that a stack requires
 */
export function providerLockFiles(
  stacks: readonly TerraformDocument[],
  lock: ProviderLock | undefined,
): OutputFile[] {
  if (lock === undefined) return [];
  const problems = stacks.flatMap((stack) => lockProblems(stack, lock));
  if (problems.length > 0) throw new ConfigError(problems);
  return stacks.map(({ file }) => ({
    path: file.replace(/[^/]*$/, '.terraform.lock.hcl'),
    text: lock.text,
  }));
}

function lockProblems({ configuration }: TerraformDocument, { file, text }: ProviderLock): Problem[] {
  const required = configuration.terraform['required_providers'] as unknown as Readonly<
    Record<string, TerraformBlock>
  >;
  const locked = lockedProviders(text);
  return Object.values(required).flatMap(({ source, version }) => {
    const found = locked.find((each) => each.source === source);
    const problem = (message: string): Problem[] => [
      { place: { file, line: found?.line ?? 1, column: 1 }, path: '', message },
    ];
    if (found === undefined) return problem(`has no ${String(source)}, which the stack requires; ${again}`);
    if (found.version !== version)
      return problem(
        `locks ${found.source} ${found.version}, but the stack requires ${String(version)}; ${again}`,
      );
    if (found.hashes.length === 0) return problem(`has no checksum of ${found.source}; ${again}`);
    return [];
  });
}
