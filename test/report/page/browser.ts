import { type Browser, chromium } from 'playwright-core';
import { available } from '../../support/programs';

export function hasBrowser(): boolean {
  return available('chromium');
}

/** Debian's Chromium. As root, as in CI, it has no sandbox; it only opens files that the tests write. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
}
