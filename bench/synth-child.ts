import { runCommand } from '../lib/cli/run';
import { synthCommand } from '../lib/cli/synth';

/** One synth in a process of its own that tells its peak memory: the last line is in MiB. */
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
