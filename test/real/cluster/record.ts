import { existsSync, readFileSync } from 'node:fs';

/** What was observed, by the case's name: one line each, so that a difference is one line. */
export function recordText(observed: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(observed).map(
    ([name, each]) => `${JSON.stringify(name)}: ${JSON.stringify(each)}`,
  );
  return `{\n${lines.map((line) => `  ${line}`).join(',\n')}\n}\n`;
}

export function readRecord<Observed>(path: string): Readonly<Record<string, Observed>> {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
}

/** The record after a run: cases that the run left out (`-t`) keep what was observed before. */
export function updatedRecord<Observed>(
  path: string,
  names: readonly string[],
  observed: ReadonlyMap<string, Observed>,
): string {
  const before = readRecord<Observed>(path);
  const kept = names.flatMap((name): [string, Observed][] => {
    const each = observed.get(name) ?? before[name];
    return each === undefined ? [] : [[name, each]];
  });
  return recordText(Object.fromEntries(kept));
}
