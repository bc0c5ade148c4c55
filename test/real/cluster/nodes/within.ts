import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until something holds; false if it does not within the time. */
export async function within(seconds: number, isSo: () => boolean): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!isSo()) {
    if (Date.now() > end) return false;
    await sleep(100);
  }
  return true;
}
