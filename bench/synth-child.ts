import { runCommand } from '../lib/cli/run';
import { synthCommand } from '../lib/cli/synth';

/** Runs one synth in its own process. The last output line is the peak memory in MiB. */
const surroundings = {
  root: process.cwd(),
  stdout: () => undefined,
  stderr: (text: string) => process.stderr.write(text),
};
process.exitCode = runCommand(
  synthCommand(surroundings, ['kubernetes', 'terraform']),
  process.argv.slice(2),
  surroundings,
);
process.stdout.write(`${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
