/** The capacity of a Hetzner server type. */
export interface NodeType {
  /** Virtual CPUs. */
  readonly vcpu: number;
  /** Memory in bytes. */
  readonly memory: number;
}

const gibibyte = 2 ** 30;

/**
 * The server types that a node may have, as Hetzner's price list of 2026-06-15 names them. Hetzner states
 * memory in GB, but means GiB: a CX33 has 8,192 MiB.
 */
export const nodeTypes: Readonly<Record<string, NodeType>> = {
  cx23: { vcpu: 2, memory: 4 * gibibyte },
  cx33: { vcpu: 4, memory: 8 * gibibyte },
  cx43: { vcpu: 8, memory: 16 * gibibyte },
  cx53: { vcpu: 16, memory: 32 * gibibyte },
  cax11: { vcpu: 2, memory: 4 * gibibyte },
  cax21: { vcpu: 4, memory: 8 * gibibyte },
  cax31: { vcpu: 8, memory: 16 * gibibyte },
  cax41: { vcpu: 16, memory: 32 * gibibyte },
  cpx12: { vcpu: 1, memory: 2 * gibibyte },
  cpx22: { vcpu: 2, memory: 4 * gibibyte },
  cpx32: { vcpu: 4, memory: 8 * gibibyte },
  cpx42: { vcpu: 8, memory: 16 * gibibyte },
};
