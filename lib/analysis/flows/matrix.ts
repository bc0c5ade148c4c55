import { flowAssumptions } from './assumptions';
import type { Endpoint } from './endpoint';
import { union } from './intervals';
import { describePorts, type PortSet, portsOf } from './ports';
import type { AllowedConnection, Reachability } from './reachability';

export interface MatrixOptions {
  /** Width of the terminal, in characters. If the table is wider, a list is printed. @default 110 */
  readonly width?: number;
}

/** The allowed connections as JSON. An incompatible change of this type raises `version`. */
export interface FlowReport {
  readonly version: 1;
  /** Sentences. The connections are correct only if the assumptions are true. */
  readonly assumptions: readonly string[];
  /** Sorted by name. Ports and addresses are exact. Names are meant for display and may change. */
  readonly connections: readonly AllowedConnection[];
}

export function reachabilityJson({ connections }: Reachability): FlowReport {
  return { version: 1, assumptions: flowAssumptions, connections };
}

/**
 * Prints the allowed connections for a terminal: a table of clients and servers with their ports, or a list if the
 * table is too wide.
 */
export function flowMatrix({ connections }: Reachability, { width = 110 }: MatrixOptions = {}): string {
  if (connections.length === 0) return 'No connection is possible.\n';
  const cells = portsByPair(connections);
  const columns = namesOf(connections.map(({ to }) => to));
  const rows = namesOf(connections.map(({ from }) => from)).map((name) => ({
    name,
    cells: cells.get(name) ?? new Map<string, string>(),
  }));
  const lines = columns.length * 3 > width ? undefined : table(rows, columns);
  const fits = lines?.every((line) => line.length <= width);
  return `${(lines !== undefined && fits ? lines : rows.flatMap(list)).join('\n')}\n`;
}

interface Row {
  readonly name: string;
  /** Ports of the client, by server name. */
  readonly cells: ReadonlyMap<string, string>;
}

const rowWidth = 28;
const columnWidth = 18;

function table(rows: readonly Row[], columns: readonly string[]): string[] {
  return printTable([
    ['from \\ to', ...columns].map((name) => wrap(name, columnWidth)),
    ...rows.map(({ name, cells }) => [
      wrap(name, rowWidth),
      ...columns.map((column) => wrap(cells.get(column) ?? '-', columnWidth)),
    ]),
  ]);
}

function list({ name, cells }: Row): string[] {
  return [name, ...[...cells].map(([column, ports]) => `  -> ${column}: ${ports}`)];
}

/** The ports of all connections, by client name and then by server name. */
export function portsByPair(connections: readonly AllowedConnection[]): Map<string, Map<string, string>> {
  const sets = new Map<string, Map<string, PortSet>>();
  for (const { from, to, ports } of connections) {
    const row = sets.get(from.name) ?? new Map<string, PortSet>();
    const more = ports.map((range) => portsOf(range.protocol, range.from, range.to));
    row.set(to.name, union(row.get(to.name) ?? [], ...more));
    sets.set(from.name, row);
  }
  const texts = (row: Map<string, PortSet>): Map<string, string> =>
    new Map([...row].map(([name, ports]) => [name, describePorts(ports)]));
  return new Map([...sets].map(([name, row]) => [name, texts(row)]));
}

/** The distinct names of the endpoints, pods before addresses. */
function namesOf(endpoints: readonly Endpoint[]): string[] {
  const of = (kind: Endpoint['kind']): string[] =>
    endpoints.filter((endpoint) => endpoint.kind === kind).map(({ name }) => name);
  return [...new Set([...of('pods').sort(), ...of('addresses').sort()])];
}

/** Breaks lines at spaces. A word that is longer than the width is not split. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Pads the cells to columns. Each cell is a list of lines. */
function printTable(table: readonly (readonly string[][])[]): string[] {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(...table.map((row) => Math.max(...(row[column] ?? []).map((line) => line.length)))),
  );
  return table.flatMap((row) => {
    const height = Math.max(...row.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) =>
      row
        .map((cell, column) => (cell[line] ?? '').padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  });
}
