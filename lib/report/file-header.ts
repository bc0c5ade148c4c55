import type { Notes } from '../deployment/charts/notes';

/** The comment on top of a file of the output, a line an entry; the same whatever the order of the configuration's keys. */
export function fileHeader({ remarks, unresolved }: Notes): string[] {
  return [
    'Made by `npm run synth` from the configuration: change that, not this.',
    ...(remarks.length > 0 ? ['', ...remarks] : []),
    ...(unresolved.length > 0 ? ['', 'UNRESOLVED: do not apply this file before these are known.'] : []),
    ...[...unresolved]
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, find }) => `  ${path}: ${find}`),
  ];
}
