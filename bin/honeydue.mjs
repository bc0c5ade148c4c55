#!/usr/bin/env node
// The package's command. In a clone it starts from its sources, as the synth does; an installed package has it compiled.
import { existsSync } from 'node:fs';

if (existsSync(new URL('../honeydue.ts', import.meta.url))) {
  process.argv.splice(2, 0, 'honeydue.ts');
  await import('./run.mjs');
} else {
  await import('../build/package/honeydue.js');
}
