import { mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationError } from '../error';

/** On Linux, this directory is a tmpfs. Other systems have none that every user can write to. */
const linuxDirectory = '/dev/shm';
/** The `statfs` types of tmpfs and ramfs (Linux, include/uapi/linux/magic.h). */
const memoryFileSystems = [0x01021994, 0x858458f6];
const prefix = 'honeydue-secrets-';

/** A file in memory, readable only by its user. It has a directory of its own, for the editor's temporary files. */
export interface MemoryFile {
  readonly path: string;
  readonly remove: () => void;
}

/**
 * Creates a file in memory. Files of killed runs are removed.
 *
 * @param directory a directory in memory
 * @default /dev/shm
 * @throws OperationError if the directory is missing or not in memory
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
    'On macOS, create a RAM disk and pass its path with --memory: diskutil erasevolume APFS honeydue $(hdiutil attach -nomount ram://32768)';
  try {
    // macOS does not report whether a volume is a RAM disk, so the given directory is trusted.
    if (process.platform !== 'linux' || memoryFileSystems.includes(statfsSync(directory).type)) return;
  } catch {
    throw new OperationError(
      `${directory} does not exist, and secrets are decrypted only into memory. ${ramDisk}`,
    );
  }
  throw new OperationError(
    `${directory} is not in memory, and secrets are decrypted only into memory. Pass the path of a tmpfs with --memory.`,
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
