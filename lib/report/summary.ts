/** Formats the result of a synth: `dist: 2 files written, 6 unchanged, 1 removed (3-old.k8s.yaml)` */
export function writeSummary(
  directory: string,
  changes: { written: readonly string[]; unchanged: readonly string[]; removed: readonly string[] },
): string {
  const { written, unchanged, removed } = changes;
  const gone = removed.length > 0 ? `, ${removed.length} removed (${removed.join(', ')})` : '';
  const files = written.length === 1 ? 'file' : 'files';
  return `${directory}: ${written.length} ${files} written, ${unchanged.length} unchanged${gone}`;
}

/** Warns about files that are not part of the output, but that `kubectl apply -f` would also apply. */
export function foreignBlock(directory: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const it = names.length === 1 ? 'it' : 'them';
  const found = `${directory} also contains ${names.join(', ')}, which the synth did not write`;
  return `\n${found}: kubectl apply -f ${directory} applies ${it} too. Move ${it} to another directory.\n`;
}

/** The remarks of the changed files, to read before an apply. */
export function remarksBlock(
  written: readonly string[],
  remarks: ReadonlyMap<string, readonly string[]>,
): string {
  const blocks = written.map((file) => remarks.get(file) ?? []).filter((lines) => lines.length > 0);
  return blocks.map((lines) => `\n${lines.map((line) => `${line}\n`).join('')}`).join('');
}
