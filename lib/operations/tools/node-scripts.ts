import type { OutputFile } from '../../documents/file';
import { OperationError } from '../error';
import type { ProgramResult } from '../process';
import { runOverSsh, sshConnectionFailed } from './ssh';

/** What a node's script says of its node. */
export interface NodeAnswer {
  readonly node: string;
  /** Why it is not known what differs; undefined if it is. */
  readonly notAsked: string | undefined;
  /** The differences that the script prints. */
  readonly differences: readonly string[];
}

/** `nodes/hetzner1.sh` is the script of `hetzner1`, which is also its SSH alias. */
export function nodeOfScript({ path }: Pick<OutputFile, 'path'>): string | undefined {
  return /^nodes\/([^/]+)\.sh$/.exec(path)?.[1];
}

/** The exit codes of a node's script (`--help`), and that of ssh itself. */
const codes = { asDescribed: 0, differs: 1, connectionFailed: sshConnectionFailed } as const;

/** Runs a node's script with `--check`, which changes nothing. */
export async function checkNode(node: string, script: string): Promise<NodeAnswer> {
  const result = await ssh(node, ['--', '--check'], script);
  const answer = { node, notAsked: undefined, differences: [] };
  if (result.status === codes.asDescribed) return answer;
  if (result.status === codes.differs) {
    const differences = linesOf(result.stdout, differencePrefixes);
    if (differences.length > 0) return { ...answer, differences };
  }
  return { ...answer, notAsked: failureOf(result) };
}

/**
 * Runs a node's script.
 *
 * @throws OperationError with the node and what its script printed last
 */
export async function applyNode(node: string, script: string): Promise<void> {
  const result = await ssh(node, [], script);
  if (result.status === codes.asDescribed) return;
  const left = linesOf(result.stdout, ['left: ']);
  const why =
    result.status === codes.differs && left.length > 0
      ? `its script left differences that an operator must settle (docs/nodes.md):\n${left.join('\n')}`
      : failureOf(result);
  throw new OperationError(`${node}: ${why}\nNo node after it and no manifest was changed.`);
}

function failureOf({ status, stderr, stdout }: ProgramResult): string {
  const words = tail(stderr || stdout);
  return status === codes.connectionFailed
    ? `ssh can't connect: ${words}`
    : `its script ended with exit code ${status}:\n${words}`;
}

/** The words by which a script begins a line about a difference. */
const differencePrefixes = ['differs: ', 'left: ', 'note: '];

function linesOf(text: string, prefixes: readonly string[]): string[] {
  return text.split('\n').filter((line) => prefixes.some((prefix) => line.startsWith(prefix)));
}

/** The command that runs a node's script from standard input. */
export function sshWords(node: string, ...words: readonly string[]): string[] {
  return ['ssh', node, 'sudo', 'bash', '-s', ...words];
}

function ssh(node: string, words: readonly string[], input: string): Promise<ProgramResult> {
  return runOverSsh({ node, words: sshWords(node, ...words).slice(2), input });
}

function tail(text: string): string {
  return text.trimEnd().split('\n').slice(-10).join('\n');
}
