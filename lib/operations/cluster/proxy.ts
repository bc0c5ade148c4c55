import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubectlOptions } from '../kubectl';
import { ClusterError } from './cluster-error';

/** `kubectl proxy` on a Unix socket that only this user can open. */
export interface KubectlProxy {
  readonly socket: string;
  close(): void;
}

/**
 * Ends kubectl when its standard input closes: a process that is killed takes its proxy along. A program in the background of a
 * shell reads nothing of the shell's input.
 */
const withLifeline = 'directory=$1; shift; "$@" & cat >/dev/null; kill $!; rm -rf "$directory"';

/** @throws ClusterError with what kubectl printed, if it does not serve */
export async function startProxy({ program = 'kubectl', context }: KubectlOptions): Promise<KubectlProxy> {
  // mkdtemp makes the directory for this user alone. The path of a socket holds at most 103 bytes on macOS.
  const directory = mkdtempSync(join(tmpdir(), 'honeydue-'));
  const socket = join(directory, 'api');
  const words = [
    ...(context === undefined ? [] : [`--context=${context}`]),
    'proxy',
    `--unix-socket=${socket}`,
  ];
  const child = spawn('sh', ['-c', withLifeline, 'sh', directory, program, ...words], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: process.env,
  });
  const close = () => {
    child.stdin.end();
    process.off('exit', close);
    rmSync(directory, { recursive: true, force: true });
  };
  process.on('exit', close);
  try {
    await untilServing(child);
    // An open pipe would keep the command from ending.
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as { unref?(): void }).unref?.();
    return { socket, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** kubectl prints one line when it serves, and nothing to standard output before. */
function untilServing(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let errors = '';
    child.stdout?.once('data', () => resolve());
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
      // The shell lives on until its input closes, so kubectl's end is seen by its words only: they are an error's.
      if (errors.includes('\n')) setTimeout(() => reject(refused(errors)), 200);
    });
    child.once('error', (error) => reject(refused(error.message)));
    child.once('exit', () => reject(refused(errors)));
  });
}

function refused(errors: string): ClusterError {
  return new ClusterError(`kubectl proxy does not serve:\n${errors.trimEnd()}`);
}
