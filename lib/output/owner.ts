import { isDocumentation } from '../documents/cidr';

/** A node in the configuration of a deployment. */
export interface OwnerNode {
  readonly hostname: string;
  /** The public address. While the server does not exist, a documentation address (192.0.2.0/24). */
  readonly address: string;
}

/**
 * The identity of a deployment. It contains no path, so that a checkout can be moved or cloned. A deployment is still
 * recognized if a node is added, replaced or removed.
 */
export interface OutputOwner {
  /** The namespace, and the name of the configuration file. */
  readonly name: string;
  readonly zone: string | undefined;
  readonly nodes: readonly OwnerNode[];
}

const zoneMark = '; zone ';
const nodesMark = '; nodes ';

/** The identity as one line, which {@link parseOwner} reads. */
export function formatOwner({ name, zone, nodes }: OutputOwner): string {
  const listed = nodes.map(({ hostname, address }) => `${hostname}=${address}`);
  return [name, zone && `zone ${zone}`, listed.length > 0 && `nodes ${listed.join(' ')}`]
    .filter((part) => part)
    .join('; ');
}

/** Parses a line of {@link formatOwner}. Lines that earlier versions wrote contain only the name. */
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

/**
 * Two identities are different deployments if their zones differ, or if they have no node in common. A zone or nodes
 * that one of them lacks are not compared.
 */
export function isSameOwner(one: OutputOwner, other: OutputOwner): boolean {
  if (one.name !== other.name) return false;
  if (one.zone !== undefined && other.zone !== undefined && one.zone !== other.zone) return false;
  if (one.nodes.length === 0 || other.nodes.length === 0) return true;
  return one.nodes.some((node) => other.nodes.some((candidate) => isSameNode(node, candidate)));
}

/** Nodes are compared by address. If the server of one of them does not exist yet, they are compared by hostname. */
function isSameNode(one: OwnerNode, other: OwnerNode): boolean {
  if (one.address === other.address && !isDocumentation(one.address)) return true;
  const isUnmade = isDocumentation(one.address) || isDocumentation(other.address);
  return isUnmade && one.hostname === other.hostname;
}
