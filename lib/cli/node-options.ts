import { type Command, InvalidArgumentError, Option } from 'commander';
import { readNodes } from '../input/node-facts';
import { parseQuantity } from '../kubernetes/quantity';
import { kubeletLabels, type Node } from '../kubernetes/scheduling/node';
import { nameOf } from './configuration-option';
import { reading, Unreadable } from './run';

/** What the command line says of the nodes. */
export interface NodeOptions {
  readonly nodes?: string;
  readonly nodeCount?: number;
  readonly nodeCpu?: number;
  readonly nodeMemory?: number;
}

/** The nodes that manifests are applied to, and what is assumed of them, in sentences. */
export interface StatedNodes {
  readonly nodes: readonly Node[];
  readonly assumed: readonly string[];
}

/** How many nodes there are where nothing is stated: the fewest that a loss leaves several of. */
const assumedCount = 3;

export function addNodeOptions(command: Command): Command {
  const flags = ['nodeCount', 'nodeCpu', 'nodeMemory'];
  return command
    .addOption(
      new Option(
        '--nodes <file>',
        "the nodes that FILE's manifests run on: a YAML list of { name, cpu, memory } and, if you like, reserved, labels, taints, zone, server; or the output of kubectl get nodes -o yaml",
      )
        .argParser(nameOf('a file'))
        .conflicts(flags),
    )
    .addOption(new Option('--node-count <number>', 'so many equal nodes').argParser(count))
    .addOption(new Option('--node-cpu <cores>', 'what each of them has, such as 4').argParser(quantity))
    .addOption(new Option('--node-memory <bytes>', 'what each of them has, such as 8Gi').argParser(quantity));
}

/** Whether the command line says anything of the nodes. */
export function statesNodes({ nodes, nodeCount, nodeCpu, nodeMemory }: NodeOptions): boolean {
  return [nodes, nodeCount, nodeCpu, nodeMemory].some((each) => each !== undefined);
}

/** @throws Unreadable for a file that is no list of nodes */
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
      // What is stated on the command line is what pods may have.
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
    'that they have no labels but kubernetes.io/hostname and kubernetes.io/os, and no taints (--nodes FILE)',
  ];
  return [`Assumed of the nodes, since nothing else is stated: ${missing.join('; ')}.`];
}

function assumedServers(nodes: readonly Node[]): string[] {
  return nodes.some(({ isServer }) => isServer === true)
    ? []
    : ['No node is stated to be a server: the control plane is assumed to survive the loss of any node.'];
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

/** @throws Unreadable where the nodes are the configuration's */
export function refuseNodes(options: NodeOptions): void {
  if (statesNodes(options))
    throw new Unreadable(
      "The configuration states its own nodes. Leave the options of nodes out, or name the manifests' files.",
    );
}
