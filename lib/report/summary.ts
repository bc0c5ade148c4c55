import type { UnresolvedValue } from '../model/unresolved-value';

/** `dist: 2 files written, 6 unchanged, 1 removed`, and what a removed file leaves in the cluster. */
export function writeSummary(
  directory: string,
  namespace: string,
  changes: { written: readonly string[]; unchanged: readonly string[]; removed: readonly string[] },
): string {
  const { written, unchanged, removed } = changes;
  const gone = removed.length > 0 ? `, ${removed.length} removed` : '';
  const counts = `${directory}: ${written.length} files written, ${unchanged.length} unchanged${gone}\n`;
  return [counts, ...removed.map((file) => leftBehind(file, namespace))].join('');
}

/** An apply removes nothing: what is gone from the output runs on. A claim is not in the list: it is data. */
function leftBehind(file: string, namespace: string): string {
  const name = file.replace(/^\d+-(.*)\.k8s\.yaml$/, '$1');
  const kinds = 'deployment,service,horizontalpodautoscaler,poddisruptionbudget,job,serviceaccount';
  return `\n${file} is gone, and its objects run on. To remove them:\n  kubectl delete ${kinds} -n ${namespace} -l app.kubernetes.io/name=${name}\n`;
}

/** The block that lists what only the operator knows, each with the command that finds it out. */
export function unresolvedBlock(values: readonly UnresolvedValue[]): string {
  if (values.length === 0) return '';
  const count = values.length === 1 ? 'One value is' : `${values.length} values are`;
  const rows = values.map(({ path, find }) => `  ${path}: ${find}\n`);
  return `\n${count} unresolved, and --strict refuses that. How to find each out:\n${rows.join('')}`;
}

/** What an operator must know before applying the files that have just changed. */
export function remarksBlock(
  written: readonly string[],
  remarks: ReadonlyMap<string, readonly string[]>,
): string {
  const lines = written.flatMap((file) => remarks.get(file) ?? []);
  return lines.length === 0 ? '' : `\n${lines.map((line) => `${line}\n`).join('')}`;
}
