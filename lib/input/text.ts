import { readFileSync, statSync } from 'node:fs';
import { ConfigError } from './problem';

/** What a file of the configuration is for; both continue a sentence of a message. */
export interface FileRole {
  /** What to do about a file that isn't there, such as `name another by --config`. */
  readonly remedy: string;
  /** What it must do, such as `describe a deployment`. */
  readonly purpose: string;
  /** Whether it may be a pipe or a device, which is waited for. @default false */
  readonly pipes?: true;
}

/**
 * The text of a file.
 *
 * @param path 0 is standard input
 * @throws ConfigError for one that can't be read, is no UTF-8, or is no file
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
      if (code === 'EACCES') throw fail('must not be read by this user; change its permissions');
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
    throw fail('is not UTF-8 text; save it as UTF-8');
  }
}
