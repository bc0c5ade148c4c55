import type { OutputFile } from '../../documents/file';
import { OperationError } from '../error';
import type { ProgramResult } from '../process';
import { runOverSsh, sshConnectionFailed } from './ssh';

/** The result of running a node's script with `--check`. */
export interface NodeAnswer {
  readonly node: string;
  /** Why the differences are unknown; undefined if they are known. */
  readonly notAsked: string | undefined;
  readonly differences: readonly string[];
}

/** The node of a script: the script of `hetzner1` is `nodes/hetzner1.sh`. The name is also the SSH alias. */
export function nodeOfScript({ path }: Pick<OutputFile, 'path'>): string | undefined {
  return /^nodes\/([^/]+)\.sh$/.exec(path)?.[1];
}

/** The exit codes of a node's script (see its `--help`), and that of ssh for a failed connection. */
const codes = { asDescribed: 0, differs: 1, connectionFailed: sshConnectionFailed } as const;

/** Runs a node's script with `--check`: it only reports differences. */
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
 * @throws OperationError with the node and the end of the script's output
 */
export async function applyNode(node: string, script: string): Promise<void> {
  const result = await ssh(node, [], script);
  if (result.status === codes.asDescribed) return;
  const left = linesOf(result.stdout, ['left: ']);
  const why =
    result.status === codes.differs && left.length > 0
      ? `the script of this node left differences that you must resolve by hand (docs/nodes.md):\n${left.join('\n')}`
      : failureOf(result);
  throw new OperationError(`${node}: ${why}\nThe nodes after ${node} and the manifests were not changed.`);
}

function failureOf({ status, stderr, stdout }: ProgramResult): string {
  const words = tail(stderr || stdout);
  return status === codes.connectionFailed
    ? `ssh can't connect: ${words}`
    : `the script of this node ended with exit code ${status}:\n${words}`;
}

/** Lines about a difference begin with one of these prefixes. */
const differencePrefixes = ['differs: ', 'left: ', 'note: '];

function linesOf(text: string, prefixes: readonly string[]): string[] {
  return text.split('\n').filter((line) => prefixes.some((prefix) => line.startsWith(prefix)));
}

/** The command that runs a node's script. The script is read from standard input. */
export function sshWords(node: string, ...words: readonly string[]): string[] {
  return ['ssh', node, 'sudo', 'bash', '-s', ...words];
}

function ssh(node: string, words: readonly string[], input: string): Promise<ProgramResult> {
  return runOverSsh({ node, words: sshWords(node, ...words).slice(2), input });
}

function tail(text: string): string {
  return text.trimEnd().split('\n').slice(-10).join('\n');
}
