import { OperationError } from './error';
import { type ProgramCall, type ProgramResult, runProgram } from './process';

/** Which cluster kubectl asks, and what ends it. */
export interface KubectlOptions {
  /** A context of the kubeconfig. @default its current context */
  readonly context?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @default kubectl of PATH */
  readonly program?: string;
}

/** kubectl, the one program that changes a cluster. */
export class Kubectl {
  constructor(private readonly options: KubectlOptions = {}) {}

  /**
   * Runs kubectl and returns what it did, also where it failed.
   *
   * @param input what kubectl reads, for `-f -`; the only way for a secret
   */
  run(args: readonly string[], call: Pick<ProgramCall, 'input' | 'onLine'> = {}): Promise<ProgramResult> {
    const { context, signal, program = 'kubectl' } = this.options;
    const where = context === undefined ? [] : [`--context=${context}`];
    return runProgram({ program, args: [...where, ...args], signal, ...call });
  }

  /**
   * The standard output of a command that succeeds.
   *
   * @throws OperationError with what kubectl printed
   */
  async read(args: readonly string[], call: Pick<ProgramCall, 'input'> = {}): Promise<string> {
    const { status, stdout, stderr } = await this.run(args, call);
    if (status === 0) return stdout;
    throw new OperationError(`kubectl ${args.slice(0, 2).join(' ')} failed:\n${stderr.trimEnd()}`);
  }

  /** The answer to a command with `-o json`. */
  async readJson(args: readonly string[]): Promise<unknown> {
    return JSON.parse(await this.read([...args, '-o', 'json']));
  }
}
