import { parse } from 'yaml';
import type { FiledRules, Output } from '../documents/output';
import { folders } from './synth';
import type { Synthesis } from './synthesize';

/** The output of a synthesis in memory, as it would be written. */
export function outputOf({ documents, files, terraform, terraformFiles }: Synthesis): Output {
  const below = (path: string) => `${folders.terraform}/${path}`;
  return {
    objects: documents,
    stacks: terraform.map(({ file, configuration }) => ({ file: below(file), configuration })),
    rules: files
      .filter(({ path }) => path.startsWith('prometheus/'))
      .map(({ path, text }): FiledRules => ({ file: path, rules: parse(text) })),
    texts: new Map([
      ...files.map(({ path, text }) => [path, text] as const),
      ...terraformFiles.map(({ path, text }) => [below(path), text] as const),
    ]),
  };
}
