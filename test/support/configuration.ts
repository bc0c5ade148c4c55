import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The project's directory. */
export const root = join(__dirname, '..', '..');

/**
 * Production as it stood when the tests were written. They state facts about it and edit it; what runs may change
 * without one of them.
 */
export const fixtures = join(root, 'test', 'fixtures', 'config');

const production = readFileSync(join(fixtures, 'production.yaml'), 'utf8');
const ranges = readFileSync(join(fixtures, 'cloudflare-ip-ranges.json'), 'utf8');
const lock = readFileSync(join(fixtures, 'images.lock.yaml'), 'utf8');

/** A replacement that must find its text: an edit that finds nothing would test nothing. */
export type Edit = readonly [find: string, replace: string];

/** The text of production's configuration after some edits, each applied once. */
export function edited(edits: readonly Edit[], text = production): string {
  return edits.reduce((before, [find, replace]) => {
    if (!before.includes(find)) throw new Error(`production.yaml has no ${JSON.stringify(find)}`);
    return before.replace(find, () => replace);
  }, text);
}

/** The text of production's lock file after some edits. */
export function editedLock(edits: readonly Edit[]): string {
  return edited(edits, lock);
}

/** Runs `use` with a directory that is gone afterwards. */
export function withDirectory<T>(use: (directory: string) => T): T {
  const directory = mkdtempSync(join(tmpdir(), 'honeydue-'));
  try {
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The same for what takes its time. */
export async function withDirectoryFor<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'honeydue-'));
  try {
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Writes a configuration and what lies next to it, and returns its path. */
export function writeConfiguration(
  directory: string,
  text: string | Buffer,
  lockText = lock,
  rangesText = ranges,
): string {
  const path = join(directory, 'production.yaml');
  writeFileSync(path, text);
  writeFileSync(join(directory, 'images.lock.yaml'), lockText);
  writeFileSync(join(directory, 'cloudflare-ip-ranges.json'), rangesText);
  return path;
}

/** Runs `use` with the path of a configuration that holds these texts, a lock file beside it. */
export function withConfiguration<T>(
  text: string | Buffer,
  use: (path: string) => T,
  lockText = lock,
  rangesText = ranges,
): T {
  return withDirectory((directory) => use(writeConfiguration(directory, text, lockText, rangesText)));
}
