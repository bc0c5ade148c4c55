#!/usr/bin/env node
// The command of the package. In a clone, it runs from the sources, as a synth does; an installed package has compiled code.
import { existsSync } from 'node:fs';

if (existsSync(new URL('../honeydue.ts', import.meta.url))) {
  process.argv.splice(2, 0, 'honeydue.ts');
  await import('./run.mjs');
} else {
  await import('../build/package/honeydue.js');
}
