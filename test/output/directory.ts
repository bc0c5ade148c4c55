import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OutputFile } from '../../lib/documents/file';
import { type FileChanges, fileChanges } from '../../lib/output/changes';
import { OutputError } from '../../lib/output/error';
import type { OutputSide } from '../../lib/output/owned';
import { type WriteResult, writeOutput } from '../../lib/output/write';

/** A directory of its own for one test: `outside.txt` lies in it, and `dist` below it is not there yet. */
export class Workplace {
  readonly root = mkdtempSync(join(tmpdir(), 'output-'));
  readonly dist = join(this.root, 'dist');

  constructor() {
    this.put('../outside.txt', 'outside');
  }

  write(
    contents: Readonly<Record<string, string>>,
    side: OutputSide = 'kubernetes',
    changes: FileChanges = fileChanges,
  ): WriteResult {
    return writeOutput(this.dist, side, filesOf(contents), changes);
  }

  put(path: string, text: string): void {
    mkdirSync(dirname(join(this.dist, path)), { recursive: true });
    writeFileSync(join(this.dist, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.dist, path), 'utf8');
  }

  /** Every file below dist with its content, the lists of what is ours left out. */
  contents(): Record<string, string> {
    const paths = this.paths().filter((path) => !path.startsWith('.honeydue-'));
    return Object.fromEntries(paths.map((path) => [path, this.read(path)]));
  }

  /** Every file below dist, sorted. */
  paths(): string[] {
    const entries = readdirSync(this.dist, { recursive: true, encoding: 'utf8' });
    return entries.filter((path) => !lstatSync(join(this.dist, path)).isDirectory()).sort();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

export function filesOf(contents: Readonly<Record<string, string>>): OutputFile[] {
  return Object.entries(contents).map(([path, text]) => ({ path, text }));
}

/** The message of the OutputError that a step throws. */
export function refusal(step: () => unknown): string {
  try {
    step();
  } catch (error) {
    if (error instanceof OutputError) {
      return error.message;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}
