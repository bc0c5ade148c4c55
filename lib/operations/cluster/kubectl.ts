import { spawn } from 'node:child_process';
import { ClusterError } from './cluster-error';

/** How kubectl reaches one cluster. */
export interface KubectlAccess {
  /** @default kubectl, of the PATH */
  readonly program?: string | undefined;
  /** @default kubectl's own: KUBECONFIG, or ~/.kube/config */
  readonly kubeconfig?: string | undefined;
  /** @default the current context */
  readonly context?: string | undefined;
}

/** What a run of kubectl printed, and its exit code. */
export interface KubectlRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** kubectl, bound to one context: a switch of the current context during a run changes nothing. */
export class Kubectl {
  private constructor(
    readonly program: string,
    /** The name of the context. */
    readonly context: string,
    private readonly flags: readonly string[],
  ) {}

  /** @throws ClusterError if kubectl is missing or has no context */
  static async find({ program = 'kubectl', kubeconfig, context }: KubectlAccess = {}): Promise<Kubectl> {
    const own = kubeconfig === undefined ? [] : [`--kubeconfig=${kubeconfig}`];
    const named = context ?? (await currentContext(program, own));
    return new Kubectl(program, named, [...own, `--context=${named}`]);
  }

  /** The words of a command, with the flags that select the cluster. */
  args(words: readonly string[]): string[] {
    return [...this.flags, ...words];
  }

  /** Runs kubectl to its end. */
  run(words: readonly string[], input = ''): Promise<KubectlRun> {
    return runProgram(this.program, this.args(words), input);
  }

  /** @throws ClusterError with what kubectl printed, if it fails */
  async runOrThrow(words: readonly string[], input = ''): Promise<string> {
    const { status, stdout, stderr } = await this.run(words, input);
    if (status === 0) return stdout;
    throw new ClusterError(`kubectl ${words[0]} failed with exit code ${status}:\n${stderr.trimEnd()}`);
  }
}

async function currentContext(program: string, flags: readonly string[]): Promise<string> {
  const { status, stdout } = await runProgram(program, [...flags, 'config', 'current-context'], '');
  if (status === 0) return stdout.trim();
  throw new ClusterError(
    'kubectl has no current context. Name one with --context; kubectl config get-contexts lists them.',
  );
}

function runProgram(program: string, args: readonly string[], input: string): Promise<KubectlRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', (error: NodeJS.ErrnoException) => reject(missingProgram(program, error)));
    child.on('close', (status) => resolve({ status: status ?? 1, stdout, stderr }));
    // kubectl may end before it has read everything; its exit code says so.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** The error of a program that can't be started. */
export function missingProgram(program: string, { code, message }: NodeJS.ErrnoException): ClusterError {
  return new ClusterError(
    `${program} can't be started (${code ?? message}). Install kubectl, or name it with --kubectl.`,
  );
}
