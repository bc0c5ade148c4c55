import { synthCommand } from '../lib/cli/synth';

/** One synth in a process of its own that tells its peak memory: the last line is in MiB. */
process.exitCode = synthCommand(process.argv.slice(2), {
  root: process.cwd(),
  outputDirectory: undefined,
  stdout: () => undefined,
  stderr: (text) => process.stderr.write(text),
});
process.stdout.write(`${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
