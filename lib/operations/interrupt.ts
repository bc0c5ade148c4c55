import { OperationError } from './error';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs an operation that stops cleanly on an interrupt: the AbortSignal is aborted, and the operation cleans up. A
 * second interrupt ends the process at once.
 */
export async function interruptible<Result>(
  operate: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const abort = () => {
    release();
    controller.abort();
  };
  const release = () => {
    for (const signal of signals) process.off(signal, abort);
  };
  for (const signal of signals) process.on(signal, abort);
  try {
    return await operate(controller.signal);
  } finally {
    release();
  }
}

/** The error of an operation that was aborted. */
export function interruption(during: string): OperationError {
  return new OperationError(`Interrupted while ${during}. A second run finishes what is left.`);
}
