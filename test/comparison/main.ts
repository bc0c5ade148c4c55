import { join } from 'node:path';
import { CauseWatch } from '../real/cluster/deploys/cause-watch';
import { LaneCommands } from '../real/cluster/deploys/lane-commands';
import { serveLogs } from '../real/cluster/nodes/kubelet-logs';
import { buildPrograms } from '../real/cluster/servers/build';
import { pinnedKubernetes } from '../real/cluster/servers/versions';
import { buildHelm, helmRelease } from './helm';
import { type Scenario, scenarios } from './scenarios';
import { type DeployTool, helmTool, honeydue, kubectlAlone, type TimedRun } from './tools';

/** How long every tool waits, in seconds. */
const patience = 40;

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/**
 * `node bin/run.mjs test/comparison/main.ts` lets three tools deploy five versions that fail, each tool to a cluster of its
 * own, and prints a table for docs/measurements/deploy-comparison.md. It takes about a quarter of an hour, and is no part of the lane.
 */
async function main(): Promise<void> {
  await buildPrograms(pinnedKubernetes(), (line) => process.stderr.write(`${line}\n`));
  const tools = [honeydue, kubectlAlone, helmTool(await buildHelm())];
  const rows: string[][] = [];
  for (const tool of tools) rows.push(...(await compare(tool)));
  const date = new Date().toISOString().slice(0, 10);
  const header = [
    'version',
    'tool',
    'names the reason after',
    'in the words',
    'ends after',
    'web afterwards',
  ];
  const ordered = scenarios.flatMap(({ name }) => rows.filter(([version]) => version === name));
  const table = [header, header.map(() => '---'), ...ordered].map((row) => `| ${row.join(' | ')} |`);
  process.stdout.write(
    `Measured on ${date}: Kubernetes ${pinnedKubernetes()}, Helm ${helmRelease}, Node.js ${process.version}.\n\n${table.join('\n')}\n`,
  );
}

async function compare(tool: DeployTool): Promise<string[][]> {
  const lane = await LaneCommands.start();
  const logs = await serveLogs(lane.cluster);
  logs.lines.set('web-', ['reading the configuration', 'panic: no route to the database']);
  try {
    await good(lane, tool, 'good');
    const causes = await CauseWatch.start(lane.cluster.api, 'honeydue');
    const rows: string[][] = [];
    for (const [index, scenario] of scenarios.entries()) {
      rows.push(await play(lane, tool, scenario, causes, `broken-${index}`));
      await good(lane, tool, `good-${index}`);
    }
    return rows;
  } finally {
    logs.close();
    await lane.stop();
  }
}

async function good(lane: LaneCommands, tool: DeployTool, mark: string): Promise<void> {
  lane.cluster.nodes.faultOf = () => undefined;
  lane.mark(mark);
  await synth(lane);
  const { status, lines } = await tool.deploy(lane, 180);
  if (status !== 0)
    throw new Error(`${tool.name} ended with ${status}:\n${lines.map(({ text }) => text).join('\n')}`);
}

async function synth(lane: LaneCommands): Promise<void> {
  const { status, stderr } = await lane.run('synth', '--out', join(lane.project.root, 'dist'));
  if (status !== 0) throw new Error(stderr);
}

async function play(
  lane: LaneCommands,
  tool: DeployTool,
  { name, begin, end, reason }: Scenario,
  causes: CauseWatch,
  mark: string,
): Promise<string[]> {
  lane.mark(mark);
  causes.begin(mark);
  await begin(lane, mark);
  await synth(lane);
  const start = Date.now();
  const run = await tool.deploy(lane, patience);
  const state = await webState(lane, mark);
  await end?.(lane);
  process.stderr.write(
    `\n${tool.name}: ${name}\n${run.lines.map(({ at, text }) => `${seconds(at)} ${text}`).join('\n')}\n`,
  );
  const said = run.lines.find(({ text }) => reason.test(text));
  const known =
    causes.knownAt === undefined ? '' : `; the cluster knew after ${seconds(causes.knownAt - start)}`;
  return [
    ...[name, `\`${tool.name}\``, said === undefined ? `never${known}` : `${seconds(said.at)}${known}`],
    `\`${shorten(said?.text ?? lastLine(run))}\``,
    `${seconds(run.milliseconds)}, exit code ${run.status}`,
    state,
  ];
}

/** Whether the new version replaces the old one, and how many pods are ready. */
async function webState(lane: LaneCommands, mark: string): Promise<string> {
  const pods = [...lane.cluster.nodes.pods.values()].filter(
    ({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === 'web',
  );
  const isNew = (pod: (typeof pods)[number]) =>
    pod.spec.containers?.[0]?.env?.some(({ value }) => value === mark);
  const ready = pods.filter(({ status }) =>
    status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
  );
  return `${ready.filter((pod) => !isNew(pod)).length} old and ${ready.filter(isNew).length} new pods ready`;
}

function lastLine({ lines }: TimedRun): string {
  return lines.at(-1)?.text ?? '';
}

function shorten(text: string): string {
  return (text.length > 140 ? `${text.slice(0, 139)}…` : text).replaceAll('|', '\\|');
}

void main();
