import type { Workload } from '../config/workloads';
import type { Flow, Peer } from '../documents/flow';
import { privateRanges } from '../documents/topology';
import { flannelAddresses } from './addresses';
import { selectorLabels } from './identity';
import type { Model } from './model';

/** Redis's port, and that of nothing else. */
const redisPort = 6379;

/** Where Traefik's requests come from. */
const traefik = flannelAddresses().map((address) => ({
  address,
  from: { kind: 'addresses', cidr: `${address}/32`, except: [] } satisfies Peer,
}));

const world: Peer = { kind: 'addresses', cidr: '0.0.0.0/0', except: privateRanges };

/** Every connection that the configuration declares. What the policies allow is held against this. */
export function declaredFlows(model: Model): Flow[] {
  return model.workloads.flatMap(([name, workload]) => [
    ...ingressFlows(model, name, workload),
    ...outgoingFlows(model, name, workload),
  ]);
}

/** The port on which a workload answers others, if it does. */
export function servingPort(workload: Workload): number | undefined {
  if (workload.kind === 'WebService') return workload.port;
  return workload.kind === 'Redis' ? redisPort : undefined;
}

/** The names that a workload connects to. */
export function connectionsOf(workload: Workload): readonly string[] {
  return workload.kind === 'Redis' ? [] : (workload.connectsTo ?? []);
}

/** Traefik reaches whatever has a host, from any node. */
function ingressFlows({ namespace }: Model, name: string, workload: Workload): Flow[] {
  if (workload.kind !== 'WebService' || (workload.hosts ?? []).length === 0) return [];
  const { port } = workload;
  const to = pods(namespace, name);
  return traefik.map(({ address, from }) => ({
    name: `traefik (${address}) -> ${name}:${port}`,
    from,
    to,
    protocol: 'TCP',
    port,
  }));
}

function outgoingFlows({ namespace, external, workloads }: Model, name: string, workload: Workload): Flow[] {
  const from = pods(namespace, name);
  return connectionsOf(workload).map((target): Flow => {
    const outside = external[target];
    const inside = workloads.find(([candidate]) => candidate === target)?.[1];
    const port = outside?.port ?? (inside === undefined ? undefined : servingPort(inside));
    if (port === undefined) throw new Error(`nothing called ${target} answers on a port`);
    const to = outside === undefined ? pods(namespace, target) : world;
    return { name: `${name} -> ${target}:${port}`, from, to, protocol: 'TCP', port };
  });
}

function pods(namespace: string, name: string): Peer {
  return { kind: 'pods', namespace, labels: selectorLabels(name) };
}
