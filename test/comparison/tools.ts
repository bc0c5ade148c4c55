import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LaneCommands } from '../real/cluster/deploys/lane-commands';
import { writeChart } from './helm';

/** What a program printed, and when, in milliseconds since its start. */
export interface TimedRun {
  readonly status: number | null;
  readonly lines: readonly { readonly at: number; readonly text: string }[];
  readonly milliseconds: number;
}

/** One way to deploy the output of a project. */
export interface DeployTool {
  readonly name: string;
  readonly deploy: (lane: LaneCommands, patience: number) => Promise<TimedRun>;
}

const dist = ({ project }: LaneCommands) => join(project.root, 'dist');

export const honeydue: DeployTool = {
  name: 'honeydue deploy --yes',
  deploy: ({ project }, patience) =>
    timed(
      project.root,
      `node bin/honeydue.mjs deploy --config ${project.config} --yes --patience ${patience}`,
    ),
};

export const kubectlAlone: DeployTool = {
  name: 'kubectl apply, rollout status',
  deploy: (lane, patience) =>
    timed(
      lane.project.root,
      `kubectl apply --server-side --force-conflicts -f ${dist(lane)} && kubectl rollout status deployment -n honeydue --timeout=${patience}s`,
    ),
};

export function helmTool(helm: string): DeployTool {
  return {
    name: 'helm upgrade --wait --wait-for-jobs',
    deploy: (lane, patience) => {
      const chart = join(lane.project.root, 'dist-chart');
      rmSync(chart, { recursive: true, force: true });
      writeChart(chart);
      mkdirSync(join(chart, 'files'));
      for (const name of readdirSync(dist(lane)).filter((each) => each.endsWith('.k8s.yaml')))
        copyFileSync(join(dist(lane), name), join(chart, 'files', name));
      return timed(
        lane.project.root,
        `${helm} upgrade --install honeydue ${chart} -n honeydue --take-ownership --wait --wait-for-jobs --timeout ${patience}s`,
      );
    },
  };
}

/** Runs a command line, and notes when each line is printed. */
function timed(cwd: string, command: string): Promise<TimedRun> {
  const start = Date.now();
  const lines: { at: number; text: string }[] = [];
  const child = spawn('bash', ['-c', command], { cwd, env: process.env });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      const at = Date.now() - start;
      for (const text of part.split('\n')) if (text.trim() !== '') lines.push({ at, text: text.trim() });
    });
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, lines, milliseconds: Date.now() - start }));
  });
}
