import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KubectlOptions } from '../kubectl';
import { ClusterError } from './cluster-error';

/** A running `kubectl proxy`, on a Unix socket that only this user can open. */
export interface KubectlProxy {
  readonly socket: string;
  close(): void;
}

/**
 * Stops kubectl when the shell's standard input closes, so that the proxy also ends if our process is killed. kubectl
 * itself must not read that input, so it runs in the background of the shell.
 */
const withLifeline = 'directory=$1; shift; "$@" & cat >/dev/null; kill $!; rm -rf "$directory"';

/** @throws ClusterError with kubectl's output, if the proxy does not start */
export async function startProxy({ program = 'kubectl', context }: KubectlOptions): Promise<KubectlProxy> {
  // mkdtemp creates a directory for this user only. The temporary directory is used because a socket path may have at
  // most 103 bytes on macOS.
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
    // Without unref, the child process would keep the command from exiting.
    child.unref();
    for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as { unref?(): void }).unref?.();
    return { socket, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** kubectl prints its first line to standard output when the proxy is ready. */
function untilServing(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let errors = '';
    child.stdout?.once('data', () => resolve());
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
      // The shell runs until its input closes, so a failed kubectl is noticed only by its error output.
      if (errors.includes('\n')) setTimeout(() => reject(refused(errors)), 200);
    });
    child.once('error', (error) => reject(refused(error.message)));
    child.once('exit', () => reject(refused(errors)));
  });
}

function refused(errors: string): ClusterError {
  return new ClusterError(`kubectl proxy did not start:\n${errors.trimEnd()}`);
}
