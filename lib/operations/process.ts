import { spawn } from 'node:child_process';
import { OperationError } from './error';
import { interruption } from './interrupt';

/** A program to run. Its arguments are visible to all users of the machine: secrets must go to standard input. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  /** The standard input. @default nothing */
  readonly input?: string | Uint8Array;
  /** Environment variables to add; undefined removes one. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Stops the program: SIGTERM first, SIGKILL five seconds later. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each line of standard output as it arrives, for programs that run for long. */
  readonly onLine?: (line: string) => void;
}

export interface ProgramResult {
  /** The exit code; for a program that was ended by a signal, 128 plus the number of the signal. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a program has for its own cleanup after SIGTERM, in milliseconds. */
const gracePeriod = 5_000;

/**
 * Runs a program without a shell, and waits until it ends.
 *
 * @throws OperationError if the program can't be started, or was aborted
 */
export function runProgram(call: ProgramCall): Promise<ProgramResult> {
  const { program, args, input, environment = {}, signal, onLine } = call;
  if (signal?.aborted) return Promise.reject(interruption(`${program} ran`));
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...process.env, ...environment } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    const lines = onLine && new LineSplitter(onLine);
    let killing: NodeJS.Timeout | undefined;
    const abort = () => {
      child.kill('SIGTERM');
      killing = setTimeout(() => child.kill('SIGKILL'), gracePeriod);
    };
    const release = () => {
      clearTimeout(killing);
      signal?.removeEventListener('abort', abort);
    };
    signal?.addEventListener('abort', abort);
    child.stdout.on('data', (chunk: Buffer) => {
      stdout.push(chunk);
      lines?.add(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    // Write errors are ignored: a program that exits before it has read its input reports its own error.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', (error: NodeJS.ErrnoException) => {
      release();
      reject(
        new OperationError(`${program} can't be run (${error.code ?? error.message}). ${wayOut(error)}`),
      );
    });
    child.on('close', (status, ended) => {
      release();
      lines?.end();
      if (signal?.aborted) reject(interruption(`${program} ran`));
      else
        resolve({
          status: status ?? 128 + (ended === null ? 0 : (signalNumbers[ended] ?? 0)),
          stdout: Buffer.concat(stdout).toString('utf8'),
          stderr: Buffer.concat(stderr).toString('utf8'),
        });
    });
  });
}

const signalNumbers: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGKILL: 9,
  SIGTERM: 15,
};

function wayOut({ code }: NodeJS.ErrnoException): string {
  return code === 'ENOENT' ? 'Install it, or add its directory to PATH.' : 'Check its permissions.';
}

/** Splits a stream of bytes into lines. Bytes are kept until a line is complete, because a chunk may end inside a character. */
class LineSplitter {
  private rest = Buffer.alloc(0);

  constructor(private readonly onLine: (line: string) => void) {}

  add(chunk: Buffer): void {
    let bytes = Buffer.concat([this.rest, chunk]);
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a)) {
      this.onLine(bytes.subarray(0, end).toString('utf8'));
      bytes = bytes.subarray(end + 1);
    }
    this.rest = bytes;
  }

  end(): void {
    if (this.rest.length > 0) this.onLine(this.rest.toString('utf8'));
  }
}
