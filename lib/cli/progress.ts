import { Worker } from 'node:worker_threads';

/** One line on the terminal with the current step of a long command. */
export interface Progress {
  /** Names the current step, such as `Synthesizing main`. It appears once the command has run for a second. */
  readonly step: (text: string) => void;
  /** Removes the line. The next step prints it again. */
  readonly clear: () => void;
}

/** Prints nothing: for pipes, files, CI and tests. */
export const noProgress: Progress = { step: () => undefined, clear: () => undefined };

/** A command that ends within this time, in milliseconds, prints no line. */
const delay = 1000;

const clearLine = '\r\u001b[2K';

/** The values of the first shared cell. The second one is 1 while the line is on the screen. */
const states = { free: 0, writing: 1, cleared: 2 } as const;

/** Commands are synchronous, so a thread of its own prints the line. It writes only while the cell is free. */
const printer = `
const { parentPort, workerData: { cells, columns, wait } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
let text;
let isDue = false;
function show() {
  if (!isDue || text === undefined) return;
  if (Atomics.compareExchange(cells, 0, ${states.free}, ${states.writing}) !== ${states.free}) return;
  try {
    writeSync(2, ${JSON.stringify(clearLine)} + text.slice(0, columns - 1));
    Atomics.store(cells, 1, 1);
  } catch {}
  Atomics.store(cells, 0, ${states.free});
  Atomics.notify(cells, 0);
}
setTimeout(() => { isDue = true; show(); }, wait);
parentPort.on('message', (step) => { text = step; show(); });
`;

/** Prints to standard error, which is a terminal. */
export function terminalProgress(columns = 80): Progress {
  const cells = new Int32Array(new SharedArrayBuffer(8));
  let worker: Worker | undefined;
  return {
    step(text) {
      if (worker === undefined) {
        const wait = Math.max(0, delay - process.uptime() * 1000);
        worker = new Worker(printer, { eval: true, workerData: { cells, columns, wait } });
        worker.unref();
      }
      Atomics.store(cells, 0, states.free);
      worker.postMessage(text);
    },
    clear() {
      while (Atomics.compareExchange(cells, 0, states.free, states.cleared) === states.writing)
        Atomics.wait(cells, 0, states.writing, 50);
      if (Atomics.exchange(cells, 1, 0) === 1) process.stderr.write(clearLine);
    },
  };
}
