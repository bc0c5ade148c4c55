import { difference, type IntervalSet, intersection, union } from './intervals';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** A range of ports of one protocol, including `from` and `to`. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly from: number;
  readonly to: number;
}

/** Ports of all protocols as one set of numbers. Each protocol has its own range of 65,536 numbers. */
export type PortSet = IntervalSet<number>;

/** The protocols that a NetworkPolicy can allow. Other protocols, such as ICMP, are not analysed. */
const protocols: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

const highest = 65535;

/** Every port of every protocol. */
export const everyPort: PortSet = union(...protocols.map(everyPortOf));

export function everyPortOf(protocol: Protocol): PortSet {
  return portsOf(protocol, 1, highest);
}

/** The ports from `from` to `to`, including both. */
export function portsOf(protocol: Protocol, from: number, to: number): PortSet {
  return [{ from: startOf(protocol) + from, to: startOf(protocol) + to + 1 }];
}

export function isProtocol(text: string): text is Protocol {
  return protocols.some((protocol) => protocol === text);
}

export function rangesOf(ports: PortSet): PortRange[] {
  return protocols.flatMap((protocol) =>
    intersection(ports, everyPortOf(protocol)).map(({ from, to }) => ({
      protocol,
      from: from - startOf(protocol),
      to: to - 1 - startOf(protocol),
    })),
  );
}

/** Formats ports: `6379 TCP`, `53 TCP and UDP`, `80, 8000-8010 TCP`, `every TCP port`, `every port`. */
export function describePorts(ports: PortSet): string {
  if (difference(everyPort, ports).length === 0) return 'every port';
  const ranges = rangesOf(ports);
  const byNumbers = new Map<string, Protocol[]>();
  for (const protocol of protocols) {
    const own = ranges.filter((range) => range.protocol === protocol);
    const numbers = own.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(', ');
    if (numbers !== '') byNumbers.set(numbers, [...(byNumbers.get(numbers) ?? []), protocol]);
  }
  return [...byNumbers]
    .map(([numbers, of]) =>
      numbers === `1-${highest}` ? `every ${of.join(' and ')} port` : `${numbers} ${of.join(' and ')}`,
    )
    .join(', ');
}

function startOf(protocol: Protocol): number {
  return protocols.indexOf(protocol) * (highest + 1);
}
