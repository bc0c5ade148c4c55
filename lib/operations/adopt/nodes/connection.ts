import { OperationError } from '../../error';
import { runOverSsh, sshConnectionFailed } from '../../tools/ssh';

/** The nodes, each read over SSH. A command that several values need runs once. */
export class NodesConnection {
  private readonly outputs = new Map<string, Promise<string>>();

  constructor(private readonly signal: AbortSignal | undefined) {}

  /**
   * Runs a command on several nodes. Returns the output by the name of the node.
   *
   * @throws OperationError with each node that gave no answer
   */
  async read(nodes: readonly string[], words: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const results = await Promise.allSettled(nodes.map((node) => this.readOne(node, words)));
    const faults = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    const unexpected = faults.find((fault) => !(fault instanceof OperationError));
    if (unexpected !== undefined) throw unexpected;
    if (faults.length > 0)
      throw new OperationError(
        [...new Set(faults.map((fault) => (fault as OperationError).message))].join('; '),
      );
    return new Map(
      nodes.map((node, index) => {
        const result = results[index];
        return [node, result?.status === 'fulfilled' ? result.value : ''];
      }),
    );
  }

  private readOne(node: string, words: readonly string[]): Promise<string> {
    const key = [node, ...words].join(' ');
    const known = this.outputs.get(key) ?? run(node, words, this.signal);
    this.outputs.set(key, known);
    return known;
  }
}

async function run(node: string, words: readonly string[], signal: AbortSignal | undefined): Promise<string> {
  // -n: sudo fails instead of prompting for a password, because there is no terminal.
  const { status, stdout, stderr } = await runOverSsh({ node, words: ['sudo', '-n', ...words], signal });
  if (status === 0) return stdout;
  const reason = lastLine(stderr);
  throw new OperationError(
    status === sshConnectionFailed
      ? `${node} can't be reached: ${reason || 'ssh failed'}; try: ssh ${node} true`
      : `sudo ${words.join(' ')} fails on ${node}: ${reason || `exit code ${status}`}`,
  );
}

/** A node may print anything; control characters would change the terminal. */
function lastLine(text: string): string {
  return (text.trim().split('\n').at(-1) ?? '').replaceAll(/\p{Cc}/gu, '').slice(0, 200);
}
