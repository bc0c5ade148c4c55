import { type ProgramResult, runProgram } from '../process';

/** A command to run on a node. */
export interface RemoteCall {
  /** The node's name, which is also its SSH alias. */
  readonly node: string;
  /** The words of the command. The node's shell parses them. */
  readonly words: readonly string[];
  /** @default nothing */
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

/** The exit code of ssh if the connection fails, and not the command. */
export const sshConnectionFailed = 255;

/** The tokens are removed from the environment, because `SendEnv` in an ssh configuration could send them to the node. */
const withoutTokens = { HCLOUD_TOKEN: undefined, CLOUDFLARE_API_TOKEN: undefined };

/** Runs a command on a node with the system's ssh, its configuration and agent. ssh never prompts: it fails instead. */
export function runOverSsh({ node, words, input = '', signal }: RemoteCall): Promise<ProgramResult> {
  return runProgram({
    program: 'ssh',
    args: ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', node, ...words],
    input,
    environment: withoutTokens,
    signal,
  });
}
