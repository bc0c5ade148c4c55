import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { ConfigError, formatProblem, type Problem } from '../../input/problem';
import { OperationError } from '../error';
import { interruption } from '../interrupt';
import { checkSecrets } from './check';
import { createMemoryFile, type MemoryFile } from './memory-file';
import { loadContract } from './operate';
import { formatSecretPath, type SecretLeaf } from './secret-leaf';
import { readSecretsFile, type SecretsFile, stringifyPlain } from './secrets-file';
import { parseSecrets } from './secrets-yaml';

export interface EditOptions {
  readonly signal: AbortSignal;
  /** A directory on an in-memory file system. @default /dev/shm */
  readonly memory?: string;
}

/** The paths of the values that an edit changed, and the remaining problems. */
export interface EditReport {
  readonly file: string;
  readonly changed: readonly string[];
  /** Problems of the new content. It is saved nevertheless. */
  readonly problems: readonly Problem[];
}

const fileName = 'secrets.yaml';
const introduction = [
  '# The decrypted secrets, in memory. Save and close the editor to encrypt them. Without changes, nothing is written.',
  '# Comments are not kept.',
];

/**
 * Opens the decrypted secrets in the user's editor, and encrypts the result. If the result is not valid YAML, the
 * editor opens again with the error; saving the same text again ends the edit.
 */
export async function editSecrets(config: string, { signal, memory }: EditOptions): Promise<EditReport> {
  const { contract } = loadContract(config);
  const file = await readSecretsFile(config, { needsKey: true });
  const before = file.opened ?? [];
  const copy = createMemoryFile(fileName, `${introduction.join('\n')}\n${stringifyPlain(before)}`, memory);
  try {
    const after = await editUntilValid(copy, signal);
    const changed = changedPaths(before, after);
    if (changed.length > 0) file.write(after);
    const edited: SecretsFile = { ...file, leaves: after, opened: after };
    return {
      file: file.placeOf([]).file,
      changed,
      problems: checkSecrets(contract, edited, new Date()),
    };
  } finally {
    copy.remove();
  }
}

async function editUntilValid({ path }: MemoryFile, signal: AbortSignal): Promise<readonly SecretLeaf[]> {
  let refused: string | undefined;
  for (;;) {
    await openEditor(path, signal);
    const text = readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => !line.startsWith('#! '))
      .join('\n');
    try {
      const { leaves, metadata } = parseSecrets(text, fileName);
      if (metadata === undefined) return leaves;
      throw new OperationError(
        'The decrypted file must not have a section named sops; remove the section. Nothing was written.',
      );
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      if (text === refused) throw error;
      refused = text;
      writeFileSync(path, `${error.problems.map((each) => `#! ${formatProblem(each)}\n`).join('')}${text}`);
    }
  }
}

/** Runs the user's editor. VISUAL and EDITOR may contain arguments: `code --wait`. */
async function openEditor(path: string, signal: AbortSignal): Promise<void> {
  const [program = 'vi', ...args] = (process.env['VISUAL'] || process.env['EDITOR'] || 'vi')
    .trim()
    .split(/\s+/);
  if (signal.aborted) throw interruption('the secrets were edited');
  // The editor owns the terminal, so it also receives the interrupts of the keyboard.
  const child = spawn(program, [...args, path], { stdio: 'inherit' });
  const abort = () => child.kill('SIGTERM');
  signal.addEventListener('abort', abort);
  try {
    const status = await new Promise<number | null>((resolve, reject) => {
      child.on('error', ({ message }) =>
        reject(
          new OperationError(
            `${program} can't be run (${message}). Set EDITOR to the command of your editor.`,
          ),
        ),
      );
      child.on('close', resolve);
    });
    if (signal.aborted) throw interruption('the secrets were edited');
    if (status !== 0)
      throw new OperationError(
        `${program} ended with ${status === null ? 'a signal' : `exit code ${status}`}; nothing was written.`,
      );
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function changedPaths(before: readonly SecretLeaf[], after: readonly SecretLeaf[]): string[] {
  const values = (leaves: readonly SecretLeaf[]) =>
    new Map(leaves.map(({ path, value }) => [formatSecretPath(path), value]));
  const [old, next] = [values(before), values(after)];
  return [...new Set([...old.keys(), ...next.keys()])].filter((path) => old.get(path) !== next.get(path));
}
