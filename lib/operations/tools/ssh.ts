import { type ProgramResult, runProgram } from '../process';

/** One command on a node. */
export interface RemoteCall {
  /** The node's name, which is also its SSH alias. */
  readonly node: string;
  /** The shell of the node reads them. */
  readonly words: readonly string[];
  /** @default nothing */
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

/** ssh fails, instead of the command that it starts. */
export const sshConnectionFailed = 255;

/** `SendEnv` of an ssh configuration could hand these to the node. */
const withoutTokens = { HCLOUD_TOKEN: undefined, CLOUDFLARE_API_TOKEN: undefined };

/** Runs a command on a node by the system's ssh, with its configuration and agent. ssh asks nothing: it fails instead. */
export function runOverSsh({ node, words, input = '', signal }: RemoteCall): Promise<ProgramResult> {
  return runProgram({
    program: 'ssh',
    args: ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', node, ...words],
    input,
    environment: withoutTokens,
    signal,
  });
}
