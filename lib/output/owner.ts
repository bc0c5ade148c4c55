import { isDocumentation } from '../documents/cidr';

/** A node as the configuration describes it. */
export interface OwnerNode {
  readonly hostname: string;
  /** A documentation address (192.0.2.0/24) while the server does not exist. */
  readonly address: string;
}

/**
 * Tells deployments apart. It holds no path, so that a checkout can be moved or cloned, and it survives a node that is added,
 * replaced or removed.
 */
export interface OutputOwner {
  /** The namespace and the name of the configuration's file. */
  readonly name: string;
  readonly zone: string | undefined;
  readonly nodes: readonly OwnerNode[];
}

const zoneMark = '; zone ';
const nodesMark = '; nodes ';

/** One line that {@link parseOwner} reads again. */
export function formatOwner({ name, zone, nodes }: OutputOwner): string {
  const listed = nodes.map(({ hostname, address }) => `${hostname}=${address}`);
  return [name, zone && `zone ${zone}`, listed.length > 0 && `nodes ${listed.join(' ')}`]
    .filter((part) => part)
    .join('; ');
}

/** Reads a line of {@link formatOwner}; an older line has the name alone. */
export function parseOwner(line: string): OutputOwner {
  const [beforeNodes = '', nodes = ''] = line.split(nodesMark);
  const [name = '', zone] = beforeNodes.split(zoneMark);
  return {
    name,
    zone,
    nodes: nodes
      .split(' ')
      .filter((entry) => entry !== '')
      .map((entry) => {
        const [hostname = '', address = ''] = entry.split('=');
        return { hostname, address };
      }),
  };
}

/** Different zones, or no node in common, are two deployments. What one of the two does not state decides nothing. */
export function isSameOwner(one: OutputOwner, other: OutputOwner): boolean {
  if (one.name !== other.name) return false;
  if (one.zone !== undefined && other.zone !== undefined && one.zone !== other.zone) return false;
  if (one.nodes.length === 0 || other.nodes.length === 0) return true;
  return one.nodes.some((node) => other.nodes.some((candidate) => isSameNode(node, candidate)));
}

/** Every server has its own address. Before it has one, its hostname identifies it. */
function isSameNode(one: OwnerNode, other: OwnerNode): boolean {
  if (one.address === other.address && !isDocumentation(one.address)) return true;
  const isUnmade = isDocumentation(one.address) || isDocumentation(other.address);
  return isUnmade && one.hostname === other.hostname;
}
