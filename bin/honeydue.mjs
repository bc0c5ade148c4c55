#!/usr/bin/env node
// The package's command, in a clone: started as the synth is.
process.argv.splice(2, 0, 'honeydue.ts');
await import('./run.mjs');
