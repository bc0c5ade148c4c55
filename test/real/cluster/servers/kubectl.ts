import { spawn } from 'node:child_process';
import type { Run } from '../../../support/command';
import type { ControlPlane } from './control-plane';

type Access = Pick<ControlPlane, 'kubeconfig' | 'kubectl'>;

/** Runs kubectl of the lane's release. It does not block: the simulated nodes go on meanwhile. */
export function kubectl(
  { kubeconfig, kubectl: program }: Access,
  args: readonly string[],
  input = '',
): Promise<Run> {
  // Without a home kubectl keeps its discovery cache nowhere that outlives the lane.
  const env = { PATH: process.env['PATH'], KUBECONFIG: kubeconfig, HOME: kubeconfig.replace(/[^/]+$/, '') };
  const child = spawn(program, args, { env });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status: status ?? 1, stdout, stderr }));
  });
}

/** @throws Error with what kubectl wrote, if it fails */
export async function kubectlOrThrow(access: Access, args: readonly string[], input = ''): Promise<string> {
  const { status, stdout, stderr } = await kubectl(access, args, input);
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${status}:\n${stderr}`);
  return stdout;
}
