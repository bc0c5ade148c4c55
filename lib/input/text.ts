import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './problem';

/** The role of a file for a command. `remedy` and `purpose` are parts of a sentence in a message. */
export interface FileRole {
  /** What to do if the file is missing, such as `name another file with --config`. */
  readonly remedy: string;
  /** What the file must do, such as `describe a deployment`. */
  readonly purpose: string;
  /** Whether the file may be a pipe or a device. @default false */
  readonly pipes?: true;
}

/**
 * Reads a file as UTF-8 text.
 *
 * @param path the path, or 0 for standard input
 * @throws ConfigError for a path that is not a file, can't be read, or is not UTF-8
 */
export function readText(path: string | 0, file: string, { remedy, pipes }: FileRole): string {
  const fail = (message: string) => {
    const place = { file, line: 1, column: 1 };
    return new ConfigError([{ place, path: '', message }]);
  };
  const attempt = <Result>(step: () => Result): Result => {
    try {
      return step();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (code === 'ENOENT') throw fail(`there is no such file; ${remedy}`);
      if (code === 'EACCES') throw fail('is not readable for this user; run chmod u+r on the file');
      throw fail(`can't be read (${code})`);
    }
  };
  const stats = path === 0 ? undefined : attempt(() => statSync(path));
  if (stats?.isDirectory()) throw fail('is a directory; name a YAML file');
  if (!pipes && !stats?.isFile()) throw fail('is a pipe or a device; name a YAML file');
  const bytes = attempt(() => readFileSync(path));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw fail('is not UTF-8 text; save the file as UTF-8');
  }
}
