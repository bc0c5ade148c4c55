import { spawn } from 'node:child_process';
import { OperationError } from './error';
import { interruption } from './interrupt';

/** One run of a program. Its arguments are visible to every user of the machine: a secret goes to standard input. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  /** What the program reads. @default nothing */
  readonly input?: string | Uint8Array;
  /** Variables for the program, next to those of this process; undefined removes one. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Ends the program: SIGTERM first, SIGKILL five seconds later. */
  readonly signal?: AbortSignal | undefined;
  /** Called with each whole line of standard output as it arrives, for a program that runs for long. */
  readonly onLine?: (line: string) => void;
}

export interface ProgramResult {
  /** The exit code; 128 and the signal's number for a program that a signal ended. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How long a program has for its own cleanup after SIGTERM, in milliseconds. */
const gracePeriod = 5_000;

/**
 * Runs a program to its end, without a shell.
 *
 * @throws OperationError for a program that is not installed, and for one that an abort ended
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
    // A program that fails before it has read everything says why on standard error.
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

/** Cuts a stream of bytes into lines. A character may be split between two chunks; a line break can't be. */
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
