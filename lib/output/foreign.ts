import { readdirSync } from 'node:fs';
import { attempt } from './error';
import { compareCodeUnits } from './key-order';
import { readList } from './owned';

/**
 * The files in the output directory that no synth wrote, but that `kubectl apply -f` would read. Hidden files are
 * included.
 */
export function foreignManifests(directory: string): string[] {
  const ours = new Set([...readList(directory, 'kubernetes'), ...readList(directory, 'terraform')]);
  const entries = attempt('read', directory, () => readdirSync(directory, { withFileTypes: true }));
  return entries
    .filter((entry) => !entry.isDirectory() && /\.(ya?ml|json)$/.test(entry.name) && !ours.has(entry.name))
    .map(({ name }) => name)
    .sort(compareCodeUnits);
}
