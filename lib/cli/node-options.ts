import { type Command, InvalidArgumentError, Option } from 'commander';
import { readNodes } from '../input/node-facts';
import { parseQuantity } from '../kubernetes/quantity';
import { kubeletLabels, type Node } from '../kubernetes/scheduling/node';
import { nameOf } from './configuration-option';
import { reading, Unreadable } from './run';

/** The options that describe the nodes. */
export interface NodeOptions {
  readonly nodes?: string;
  readonly nodeCount?: number;
  readonly nodeCpu?: number;
  readonly nodeMemory?: number;
}

/** The nodes that the manifests run on, and the assumptions about them as sentences. */
export interface StatedNodes {
  readonly nodes: readonly Node[];
  readonly assumed: readonly string[];
}

/** The default number of nodes: with three, two are left after a loss. */
const assumedCount = 3;

export function addNodeOptions(command: Command): Command {
  const flags = ['nodeCount', 'nodeCpu', 'nodeMemory'];
  return command
    .addOption(
      new Option(
        '--nodes <file>',
        'the nodes that the manifests run on: a YAML list of { name, cpu, memory } with optional reserved, labels, taints, zone and server; or the output of kubectl get nodes -o yaml',
      )
        .argParser(nameOf('a file'))
        .conflicts(flags),
    )
    .addOption(new Option('--node-count <number>', 'the number of nodes, all equal').argParser(count))
    .addOption(
      new Option('--node-cpu <cores>', 'the allocatable CPU of each node, such as 4').argParser(quantity),
    )
    .addOption(
      new Option('--node-memory <bytes>', 'the allocatable memory of each node, such as 8Gi').argParser(
        quantity,
      ),
    );
}

/** Whether an option describes the nodes. */
export function statesNodes({ nodes, nodeCount, nodeCpu, nodeMemory }: NodeOptions): boolean {
  return [nodes, nodeCount, nodeCpu, nodeMemory].some((each) => each !== undefined);
}

/** @throws Unreadable for a file that is not a list of nodes */
export function statedNodes(options: NodeOptions): StatedNodes {
  const nodes = options.nodes === undefined ? equalNodes(options) : readFile(options.nodes);
  return { nodes, assumed: [...assumedSizes(options), ...assumedServers(nodes)] };
}

function readFile(file: string): Node[] {
  return reading(() => readNodes(file));
}

function equalNodes({ nodeCount = assumedCount, nodeCpu, nodeMemory }: NodeOptions): Node[] {
  return Array.from({ length: nodeCount }, (_, index) => {
    const name = `node-${index + 1}`;
    return {
      name,
      labels: kubeletLabels(name),
      capacity: { cpu: nodeCpu ?? Number.POSITIVE_INFINITY, memory: nodeMemory ?? Number.POSITIVE_INFINITY },
      // The options state the allocatable amount, so nothing more is reserved.
      reserved: { cpu: 0, memory: 0 },
    };
  });
}

function assumedSizes({ nodes, nodeCount, nodeCpu, nodeMemory }: NodeOptions): string[] {
  if (nodes !== undefined) return [];
  const missing = [
    ...(nodeCount === undefined ? [`that there are ${assumedCount} (--node-count)`] : []),
    ...(nodeCpu === undefined ? ['that their CPU is enough for all pods (--node-cpu)'] : []),
    ...(nodeMemory === undefined ? ['that their memory is enough for all pods (--node-memory)'] : []),
    'that they have no labels except kubernetes.io/hostname and kubernetes.io/os, and no taints (--nodes FILE)',
  ];
  return [`Assumed about the nodes, because no option sets it: ${missing.join('; ')}.`];
}

function assumedServers(nodes: readonly Node[]): string[] {
  return nodes.some(({ isServer }) => isServer === true)
    ? []
    : ['Assumed: the control plane survives the loss of any node, because no node is marked as a server.'];
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1000)
    throw new InvalidArgumentError('It must be a number from 1 to 1000.');
  return number;
}

function quantity(text: string): number {
  const amount = parseQuantity(text);
  if (amount === undefined || amount <= 0)
    throw new InvalidArgumentError('It must be a quantity above 0, such as 4, 3500m or 8Gi.');
  return amount;
}

/** @throws Unreadable if an option describes the nodes and the configuration does so too */
export function refuseNodes(options: NodeOptions): void {
  if (statesNodes(options))
    throw new Unreadable(
      'The configuration describes its own nodes: remove the options for nodes, or name files with manifests.',
    );
}
