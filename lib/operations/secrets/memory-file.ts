import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationError } from '../error';

/** Linux keeps this directory in memory; no other system has one that every user can write to. */
const linuxDirectory = '/dev/shm';
/** `statfs` of tmpfs and ramfs (Linux, include/uapi/linux/magic.h). */
const memoryFileSystems = [0x01021994, 0x858458f6];
const prefix = 'honeydue-secrets-';

/** A file in memory, for this user alone, in a directory of its own for what an editor puts next to it. */
export interface MemoryFile {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * Makes a file in memory, and removes what killed runs left.
 *
 * @param directory one in memory @default /dev/shm
 * @throws OperationError where there is none
 */
export function createMemoryFile(name: string, text: string, directory = linuxDirectory): MemoryFile {
  refuseDisk(directory);
  removeLeft(directory);
  const own = mkdtempSync(join(directory, `${prefix}${process.pid}-`));
  const path = join(own, name);
  const remove = () => rmSync(own, { recursive: true, force: true });
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    remove();
    throw error;
  }
  return { path, remove };
}

function refuseDisk(directory: string): void {
  const ramDisk =
    'On macOS, make a RAM disk, and name it by --memory: diskutil erasevolume APFS honeydue $(hdiutil attach -nomount ram://32768)';
  try {
    // macOS tells no RAM disk from another volume: there the one that was named is believed.
    if (process.platform !== 'linux' || memoryFileSystems.includes(statfsSync(directory).type)) return;
  } catch {
    throw new OperationError(`${directory} is not there; secrets are decrypted into memory only. ${ramDisk}`);
  }
  throw new OperationError(
    `${directory} is not in memory; secrets are decrypted into memory only. Name a tmpfs by --memory.`,
  );
}

function removeLeft(directory: string): void {
  for (const name of readdirSync(directory)) {
    const [, processId] = new RegExp(`^${prefix}(\\d+)-`).exec(name) ?? [];
    if (processId !== undefined && !isRunning(Number(processId)))
      rmSync(join(directory, name), { recursive: true, force: true });
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
