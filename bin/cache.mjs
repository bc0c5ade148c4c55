/** Finds out which bundles of the launcher are up to date. */
import { readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The files of an entry's bundles, below `node_modules/.cache`. */
export function cacheOf(root, entry) {
  const directory = join(root, 'node_modules/.cache/honeydue');
  const base = join(directory, encodeURIComponent(relative(root, entry)));
  return { directory, app: `${base}.cjs`, vendor: `${base}.vendor.cjs`, v8: join(directory, 'v8') };
}

/** The size and modification time of a file; null if the file is missing. */
export function stampOf(path) {
  try {
    const { size, mtimeMs } = statSync(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}

/** The stamps of files, by path relative to the root. */
export function stampsOf(root, paths) {
  return Object.fromEntries(paths.map((path) => [path, stampOf(join(root, path))]));
}

/** Whether a bundle and all its inputs are unchanged since it was written. */
export function isCurrent(root, bundle) {
  try {
    const { stamps } = JSON.parse(readFileSync(`${bundle}.json`, 'utf8'));
    return Object.entries(stamps).every(([path, stamp]) => stampOf(join(root, path)) === stamp);
  } catch {
    return false;
  }
}
