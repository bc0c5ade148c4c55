import type { AskedValue } from '../deployment/model/asked';
import type { UnresolvedValue } from '../deployment/model/unresolved-value';

/** The unresolved values of a deployment. */
export interface OpenValues {
  readonly unresolved: readonly UnresolvedValue[];
  readonly unresolvedOfNodes: readonly UnresolvedValue[];
  readonly asked: readonly AskedValue[];
}

/** An unresolved value, the outputs that need it, and where to find it. */
export interface LocatedValue {
  readonly path: string;
  /** The Terraform variable, if Terraform prompts for the value. */
  readonly variable?: string;
  readonly neededBy: readonly ('manifests' | 'nodes' | 'terraform')[];
  readonly foundIn: FindingPlace;
  readonly command: string;
}

/** The places where values can be found, with their headings, in the order in which they are printed. */
const places = {
  cluster: 'In the cluster (kubectl)',
  nodes: 'On the nodes (ssh)',
  hetzner: 'At Hetzner (hcloud)',
  cloudflare: 'At Cloudflare (its API)',
  registry: 'In an image registry (docker)',
  terraform: "In Terraform's output",
  here: 'On this machine',
  elsewhere: 'By reading documents, or by a decision',
} as const;

export type FindingPlace = keyof typeof places;

/** The place, by the program that the command starts. A text that starts with another word is an instruction. */
const programs: Readonly<Record<string, FindingPlace>> = {
  kubectl: 'cluster',
  ssh: 'nodes',
  hcloud: 'hetzner',
  docker: 'registry',
  terraform: 'terraform',
  openssl: 'here',
  'age-keygen': 'here',
  cat: 'here',
  npx: 'here',
};

function placeOf(command: string): FindingPlace {
  const [program = ''] = command.trim().split(/\s/);
  if (program !== 'curl') return programs[program] ?? 'elsewhere';
  return command.includes('//api.cloudflare.com/') ? 'cloudflare' : 'elsewhere';
}

/** Merges the values of all outputs, so that each value is listed once. */
export function locateOpenValues({ unresolved, unresolvedOfNodes, asked }: OpenValues): LocatedValue[] {
  const needs = [
    ...unresolved.map((value) => ({ value, by: 'manifests' as const })),
    ...unresolvedOfNodes.map((value) => ({ value, by: 'nodes' as const })),
    ...asked.map((value) => ({ value, by: 'terraform' as const, variable: value.variable })),
  ];
  const found = new Map<string, LocatedValue>();
  for (const { value, by, ...variable } of needs) {
    const { path, find } = value;
    const before = found.get(path);
    const neededBy = [...(before?.neededBy ?? []), by];
    found.set(path, { ...before, ...variable, path, neededBy, foundIn: placeOf(find), command: find });
  }
  return [...found.values()];
}

/** Prints the unresolved values by place. One command often finds several values. */
export function unresolvedText(values: readonly LocatedValue[]): string {
  if (values.length === 0) return 'No value is unresolved.\n';
  return Object.entries(places)
    .map(([place, title]) => [title, values.filter(({ foundIn }) => foundIn === place)] as const)
    .filter(([, group]) => group.length > 0)
    .map(([title, group]) => `${title}: ${count(group.length)}\n${commandsText(group)}`)
    .join('\n');
}

function commandsText(values: readonly LocatedValue[]): string {
  const commands = [...new Set(values.map(({ command }) => command))];
  return commands
    .map((command) => {
      const paths = values.filter((value) => value.command === command);
      return `  ${command}\n${paths.map((value) => `    ${value.path}${needText(value)}\n`).join('')}`;
    })
    .join('');
}

/** Names the outputs that need a value. The manifests are not named, because they need most values. */
function needText({ neededBy, variable }: LocatedValue): string {
  const needs = [
    ...(neededBy.includes('nodes') ? ["the nodes' scripts"] : []),
    ...(variable === undefined ? [] : [`Terraform's variable ${variable}`]),
  ];
  return needs.length === 0 ? '' : ` (${needs.join(', ')})`;
}

/**
 * Formats a summary: `41 values of the manifests and 26 of Terraform are unresolved.`
 *
 * @param flag the option that selects the configuration, with a space before it
 */
export function unresolvedSummary({ unresolved, unresolvedOfNodes, asked }: OpenValues, flag = ''): string {
  const counts = [
    { number: unresolved.length, of: 'of the manifests' },
    { number: unresolvedOfNodes.length, of: "of the nodes' scripts" },
    { number: asked.length, of: 'of Terraform' },
  ].filter(({ number }) => number > 0);
  if (counts.length === 0) return '';
  const total = counts.reduce((sum, { number }) => sum + number, 0);
  const parts = counts.map(({ number, of }, index) => `${index === 0 ? count(number) : number} ${of}`);
  const joined = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts[0];
  return `${joined} ${total === 1 ? 'is' : 'are'} unresolved: npx honeydue unresolved${flag} lists them.\n`;
}

function count(number: number): string {
  return number === 1 ? '1 value' : `${number} values`;
}

/** The maximum number of values that are listed. If there are more, none is listed. */
const listedValues = 10;

/** Lists the values that have become unresolved since the last run, with the commands that find them. */
export function newlyUnresolved(values: readonly UnresolvedValue[], known: readonly string[]): string {
  const added = values.filter(({ path }) => !known.includes(path));
  if (added.length === 0 || added.length > listedValues) return '';
  const rows = added.map(({ path, find }) => `  ${path}: ${find}\n`);
  return `\nNewly unresolved:\n${rows.join('')}`;
}

/**
 * Warns about servers that Terraform creates before their values are known.
 *
 * @param made the nodes whose servers Terraform creates. Each server runs its script once, at its first start
 */
export function waitingNodes(values: readonly UnresolvedValue[], made: readonly string[]): string {
  if (values.length === 0 || made.length === 0) return '';
  return `\nThe script of a node changes nothing until all its values are known. If Terraform creates the server of such a node first (${made.join(', ')}), run the script over SSH when the values are known.\n`;
}
