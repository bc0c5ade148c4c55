import { OperationError } from './error';
import { type ProgramCall, type ProgramResult, runProgram } from './process';

/** The cluster that kubectl connects to, and the signal that stops kubectl. */
export interface KubectlOptions {
  /** A context of the kubeconfig. @default its current context */
  readonly context?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @default kubectl of PATH */
  readonly program?: string;
}

/** Runs kubectl, the only program that changes a cluster. */
export class Kubectl {
  constructor(private readonly options: KubectlOptions = {}) {}

  /**
   * Runs kubectl. A failure is returned, not thrown.
   *
   * @param input standard input, for `-f -`; secrets must be passed this way only
   */
  run(args: readonly string[], call: Pick<ProgramCall, 'input' | 'onLine'> = {}): Promise<ProgramResult> {
    const { context, signal, program = 'kubectl' } = this.options;
    const where = context === undefined ? [] : [`--context=${context}`];
    return runProgram({ program, args: [...where, ...args], signal, ...call });
  }

  /**
   * Runs a command that must succeed.
   *
   * @returns its standard output
   * @throws OperationError with what kubectl printed
   */
  async read(args: readonly string[], call: Pick<ProgramCall, 'input'> = {}): Promise<string> {
    const { status, stdout, stderr } = await this.run(args, call);
    if (status === 0) return stdout;
    throw new OperationError(`kubectl ${args.slice(0, 2).join(' ')} failed:\n${stderr.trimEnd()}`);
  }

  /** Runs a command with `-o json`, and parses its output. */
  async readJson(args: readonly string[]): Promise<unknown> {
    return JSON.parse(await this.read([...args, '-o', 'json']));
  }
}
