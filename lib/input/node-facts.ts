import { isQuantity, parseQuantity } from '../kubernetes/quantity';
import {
  evictionThreshold,
  kubeletLabels,
  type Node,
  type Taint,
  zoneLabel,
} from '../kubernetes/scheduling/node';
import { ConfigError, type Problem } from './problem';
import { formatPath, type Path, YamlSource } from './source';

const fields = ['name', 'cpu', 'memory', 'reserved', 'labels', 'taints', 'zone', 'server'];
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const controlPlane = 'node-role.kubernetes.io/control-plane';

type Value = Readonly<Record<string, unknown>>;

/**
 * Reads nodes from a file: a list of nodes, or the output of `kubectl get nodes -o yaml`.
 *
 * @throws ConfigError with the place of every error
 */
export function readNodes(file: string): Node[] {
  const remedy = 'name a YAML file with a list of nodes, or omit --nodes';
  const source = YamlSource.read(file, file, { remedy, purpose: 'list nodes' });
  const reader = new NodeReader(source);
  const data = source.data();
  const { items = data } = isRecord(data) ? data : {};
  const nodes = Array.isArray(items) ? items : undefined;
  if (nodes === undefined || nodes.length === 0)
    reader.refuse([], 'must be a list of nodes, such as [{ name: one, cpu: 4, memory: 8Gi }]');
  const path = isRecord(data) ? ['items'] : [];
  const found = (nodes ?? []).map((value, index) => reader.read(value, [...path, index]));
  found.forEach(({ name }, index) => {
    const first = found.findIndex((each) => each.name === name);
    if (first !== index)
      reader.refuse([...path, index], `is a second node with the name ${name}; give each node its own name`);
  });
  if (reader.problems.length > 0) throw new ConfigError(reader.problems);
  return found;
}

class NodeReader {
  readonly problems: Problem[] = [];

  constructor(private readonly source: YamlSource) {}

  refuse(path: Path, message: string): void {
    this.problems.push({ place: this.source.placeOf(path), path: formatPath(path), message });
  }

  read(value: unknown, path: Path): Node {
    const fields = isRecord(value) ? value : {};
    return fields['kind'] === 'Node' ? this.ofCluster(fields, path) : this.stated(fields, path);
  }

  private stated(value: Value, path: Path): Node {
    for (const key of Object.keys(value).filter((each) => !fields.includes(each)))
      this.refuse([...path, key], `is not a field of a node; the fields are ${fields.join(', ')}`);
    const { name, labels, taints, zone, server, reserved } = value;
    const called = typeof name === 'string' && name !== '' ? name : undefined;
    if (called === undefined) this.refuse([...path, 'name'], 'must be the name of the node');
    if (zone !== undefined && typeof zone !== 'string') this.refuse([...path, 'zone'], 'must be a name');
    const [isServer, zoned] = [server === true, typeof zone === 'string' ? { [zoneLabel]: zone } : {}];
    if (server !== undefined && typeof server !== 'boolean')
      this.refuse([...path, 'server'], 'must be true or false');
    const kept = isRecord(reserved) ? reserved : undefined;
    return {
      name: called ?? '',
      labels: { ...kubeletLabels(called ?? ''), ...zoned, ...this.labels(labels, [...path, 'labels']) },
      taints: this.taints(taints, [...path, 'taints']),
      capacity: { cpu: this.quantity(value, 'cpu', path), memory: this.quantity(value, 'memory', path) },
      ...(kept !== undefined && {
        reserved: {
          cpu: this.quantity(kept, 'cpu', [...path, 'reserved'], '0'),
          memory: this.quantity(kept, 'memory', [...path, 'reserved'], '0'),
        },
      }),
      ...(typeof zone === 'string' && { zone }),
      isServer,
    };
  }

  /**
   * Converts a Node object of the API server. The resources reserved for the system are the capacity minus the
   * allocatable resources and the kubelet's eviction threshold.
   */
  private ofCluster({ metadata, spec, status }: Value, path: Path): Node {
    const { name, labels } = isRecord(metadata) ? metadata : {};
    const { taints } = isRecord(spec) ? spec : {};
    const { capacity, allocatable } = isRecord(status) ? status : {};
    const amount = (value: unknown, field: string) => {
      const at = [...path, 'status', field];
      const all = isRecord(value) ? value : {};
      return { cpu: this.quantity(all, 'cpu', at), memory: this.quantity(all, 'memory', at) };
    };
    const [whole, free] = [amount(capacity, 'capacity'), amount(allocatable, 'allocatable')];
    const own = this.labels(labels, [...path, 'metadata', 'labels']);
    return {
      name: String(name),
      labels: own,
      taints: this.taints(taints, [...path, 'spec', 'taints']),
      capacity: whole,
      reserved: {
        cpu: whole.cpu - free.cpu,
        memory: Math.max(0, whole.memory - free.memory - evictionThreshold),
      },
      zone: own[zoneLabel],
      isServer: own[controlPlane] !== undefined,
    };
  }

  private quantity(value: Value, key: string, path: Path, fallback?: string): number {
    const stated = value[key] ?? fallback;
    const text = String(stated);
    const amount = parseQuantity(text);
    if (stated === undefined) this.refuse(path, `lacks ${key}, such as ${key === 'cpu' ? '4' : '8Gi'}`);
    else if (!isQuantity(text) || amount === undefined || amount < 0)
      this.refuse(
        [...path, key],
        `is ${JSON.stringify(stated)}; it must be a quantity, such as ${key === 'cpu' ? '4 or 3500m' : '8Gi'}`,
      );
    return amount ?? 0;
  }

  private labels(value: unknown, path: Path): Record<string, string> {
    if (value === undefined) return {};
    const entries = isRecord(value) ? Object.entries(value) : undefined;
    if (entries?.every(([, each]) => typeof each === 'string')) return value as Record<string, string>;
    this.refuse(path, 'must be a map of label keys to strings; put quotes around numbers, true and false');
    return {};
  }

  private taints(value: unknown, path: Path): Taint[] {
    if (value === undefined) return [];
    const taints = Array.isArray(value) ? value.filter(isTaint) : [];
    if (!Array.isArray(value) || taints.length < value.length)
      this.refuse(path, `must be a list of taints, each with a key and an effect: ${effects.join(', ')}`);
    return taints;
  }
}

function isTaint(value: unknown): value is Taint {
  return isRecord(value) && typeof value['key'] === 'string' && effects.includes(String(value['effect']));
}

function isRecord(value: unknown): value is Value {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
