import type { AskedValue } from '../deployment/model/asked';
import type { UnresolvedValue } from '../deployment/model/unresolved-value';

/** `dist: 2 files written, 6 unchanged, 1 removed (3-old.k8s.yaml)` */
export function writeSummary(
  directory: string,
  changes: { written: readonly string[]; unchanged: readonly string[]; removed: readonly string[] },
): string {
  const { written, unchanged, removed } = changes;
  const gone = removed.length > 0 ? `, ${removed.length} removed (${removed.join(', ')})` : '';
  const files = written.length === 1 ? 'file' : 'files';
  return `${directory}: ${written.length} ${files} written, ${unchanged.length} unchanged${gone}\n`;
}

/** What `kubectl apply -f` would apply beside the output, because it lies there. */
export function foreignBlock(directory: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  const it = names.length === 1 ? 'it' : 'them';
  const found = `${directory} also holds ${names.join(', ')}, which no synth wrote`;
  return `\n${found}: kubectl apply -f ${directory} applies ${it} too. Move ${it} away.\n`;
}

/** The block that lists what only the operator knows, each with the command that finds it out. */
export function unresolvedBlock(values: readonly UnresolvedValue[]): string {
  if (values.length === 0) return '';
  const count = values.length === 1 ? 'One value is' : `${values.length} values are`;
  const rows = values.map(({ path, find }) => `  ${path}: ${find}\n`);
  return `\n${count} unresolved, and --strict refuses that. How to find each out:\n${rows.join('')}`;
}

/**
 * The block that lists what the nodes' scripts wait for.
 *
 * @param made the nodes whose servers Terraform makes: each runs its script once, at its first start
 */
export function nodesBlock(values: readonly UnresolvedValue[], made: readonly string[]): string {
  if (values.length === 0) return '';
  const count = values.length === 1 ? 'one value' : `${values.length} values`;
  const rows = values.map(({ path, find }) => `  ${path}: ${find}\n`);
  const late =
    made.length === 0
      ? ''
      : `A server that Terraform makes before (${made.join(', ')}) runs its script in vain, and waits for you to run it over SSH.\n`;
  return `\nThe nodes' scripts wait for ${count}, and change nothing before. How to find each out:\n${rows.join('')}${late}`;
}

/** The block that lists what Terraform asks for, by the command that finds it out: one often finds several. */
export function askedBlock(values: readonly AskedValue[]): string {
  if (values.length === 0) return '';
  const count = values.length === 1 ? 'one value' : `${values.length} values`;
  const commands = [...new Set(values.map(({ find }) => find))];
  const rows = commands.map((command) => {
    const found = values.filter(({ find }) => find === command);
    return `${found.map(({ variable }) => `  ${variable}\n`).join('')}    ${command}\n`;
  });
  return `\nTerraform asks for ${count}, and plans nothing before it has them. How to find each out:\n${rows.join('')}`;
}

/** What an operator must know before applying the files that have just changed. */
export function remarksBlock(
  written: readonly string[],
  remarks: ReadonlyMap<string, readonly string[]>,
): string {
  const blocks = written.map((file) => remarks.get(file) ?? []).filter((lines) => lines.length > 0);
  return blocks.map((lines) => `\n${lines.map((line) => `${line}\n`).join('')}`).join('');
}
