import { existsSync, readdirSync } from 'node:fs';

/** The environments in a directory, named after their files. */
export function environmentNames(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((file) => file.endsWith('.yaml') && !file.endsWith('lock.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length));
}
