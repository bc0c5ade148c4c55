import { synthCommand } from './lib/cli/synth';

// Whoever reads the output may have seen enough: `npm run synth | head` is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** The cdk8s app. `npm run synth` and `npx cdk8s synth` both run it; the latter names its directory by variable. */
process.exitCode = synthCommand(process.argv.slice(2), {
  root: __dirname,
  outputDirectory: process.env['CDK8S_OUTDIR'],
  stdout: (text) => process.stdout.write(text),
  stderr: (text) => process.stderr.write(text),
});
