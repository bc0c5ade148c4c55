import type { OutputFile } from '../../documents/file';
import { OperationError } from '../error';
import { connectionFailed, runOverSsh } from './ssh';

/** What a node's script says of its node. */
export interface NodeAnswer {
  readonly node: string;
  /** Why the node did not answer; undefined if it did. */
  readonly notAsked: string | undefined;
  /** The differences that the script prints. */
  readonly differences: readonly string[];
}

/** `nodes/hetzner1.sh` is the script of `hetzner1`, which is also its SSH alias. */
export function nodeOfScript({ path }: OutputFile): string | undefined {
  return /^nodes\/([^/]+)\.sh$/.exec(path)?.[1];
}

/** Runs every node's script with `--check`, which changes nothing. */
export async function checkNodes(scripts: readonly OutputFile[]): Promise<NodeAnswer[]> {
  const answers: NodeAnswer[] = [];
  for (const script of scripts) {
    const node = nodeOfScript(script);
    if (node === undefined) continue;
    const { status, stdout, stderr } = await runOverSsh({
      node,
      words: ['sudo', 'bash', '-s', '--', '--check'],
      input: script.text,
    });
    const lines = stdout.split('\n').filter((line) => line.trim() !== '');
    answers.push(
      status === connectionFailed
        ? { node, notAsked: stderr.trim().split('\n').at(-1) ?? 'ssh failed', differences: [] }
        : { node, notAsked: undefined, differences: status === 0 ? [] : lines },
    );
  }
  return answers;
}

/**
 * Runs the nodes' scripts one after another. It stops at the first that fails: the others keep what they have.
 *
 * @throws OperationError with the node and what its script printed last
 */
export async function applyNodes(
  scripts: readonly OutputFile[],
  done: (node: string) => void,
): Promise<void> {
  for (const script of scripts) {
    const node = nodeOfScript(script);
    if (node === undefined) continue;
    const { status, stdout, stderr } = await runOverSsh({
      node,
      words: ['sudo', 'bash', '-s'],
      input: script.text,
    });
    if (status !== 0)
      throw new OperationError(
        `${node}: its script ended with exit code ${status}. No other node was touched after it.\n${tail(stderr || stdout)}`,
      );
    done(node);
  }
}

function tail(text: string): string {
  return text.trimEnd().split('\n').slice(-10).join('\n');
}
