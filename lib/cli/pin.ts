import { Command, InvalidArgumentError } from 'commander';
import type { PinRequest } from '../operations/pin/pin';
import { pinErrors, pinText } from '../report/operations/pin';
import { addConfigurationOptions } from './configuration-option';
import { addOutputOptions, type OutputOptions, resultOutput } from './output-options';
import { exitCodesHelp, Findings, type Surroundings, Unreadable } from './run';

interface PinFlags extends OutputOptions<'text' | 'json'> {
  readonly config: string;
  readonly check?: boolean;
}

/** `pin`: locks the digests that the images' tags name in their registries. */
export function pinCommand(surroundings: Surroundings): Command {
  return addConfigurationOptions(
    addOutputOptions(new Command('pin'), ['text', 'json'], surroundings),
    surroundings.root,
  )
    .description('Resolves tags to digests at the registries, and writes the digests into images.lock.yaml.')
    .argument(
      '[images...]',
      'the images to look up (default: all); IMAGE=TAG also writes the tag into the configuration, for the next deployment',
      readRequest,
    )
    .option('--check', 'only compare, and fail if a tag has another digest for the nodes')
    .addHelpText(
      'after',
      exitCodesHelp('success', 'an image failed, or with --check one has moved; nothing was written'),
    )
    .action(
      async (requests: readonly PinRequest[], { config, check = false, format, ...options }: PinFlags) => {
        if (check && requests.some(({ tag }) => tag !== undefined))
          throw new Unreadable(
            '--check compares the digests of the lock file and takes no tag: write IMAGE instead of IMAGE=TAG.',
          );
        const report = await loadOperations().interruptible((signal) =>
          loadOperations().pin(config, requests, { check, signal }),
        );
        const print = resultOutput(surroundings, options);
        if (format === 'json') print(`${JSON.stringify(report, null, 2)}\n`);
        else print(pinText(report, check, options.verbose === true));
        surroundings.stderr(pinErrors(report));
        const outcomes = report.images.map(({ outcome }) => outcome);
        const isFound = (outcome: string) =>
          outcome === 'failed' || (check && (outcome === 'moved' || outcome === 'pinned'));
        if (outcomes.some(isFound)) throw new Findings();
      },
    );
}

function readRequest(
  argument: string,
  before: readonly PinRequest[] | undefined = [],
): readonly PinRequest[] {
  const [name = '', ...rest] = argument.split('=');
  const tag = rest.length === 0 ? undefined : rest.join('=');
  if (name === '') throw new InvalidArgumentError('It must be the name of an image, or IMAGE=TAG.');
  if (tag !== undefined && !/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/.test(tag))
    throw new InvalidArgumentError(
      'A tag is 1 to 128 letters, digits, "_", "." and "-", and does not start with "." or "-".',
    );
  return [...before, { name, ...(tag !== undefined && { tag }) }];
}

/** Loaded on demand: no other command needs the code for the network. */
function loadOperations() {
  return {
    ...(require('../operations/pin/pin') as typeof import('../operations/pin/pin')),
    ...(require('../operations/interrupt') as typeof import('../operations/interrupt')),
  };
}
