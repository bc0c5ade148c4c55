import { selectorLabels } from '../../constructs/labels';
import { redisPort } from '../../constructs/ports';
import type { Flow, Peer } from '../../documents/flow';
import { privateRanges } from '../../documents/topology';
import { flannelAddresses } from '../../kubernetes/k3s-network';
import { edgeHostsOf, isApplication, type Workload } from '../config/schema/workloads';
import { clusterAddresses, type Model } from './model';
import { scrapeTargets } from './scrape-targets';

/** A target that a workload connects to: another workload, an external service, or a program on the nodes. */
export interface Target {
  readonly kind: 'workload' | 'external' | 'nodes';
  readonly name: string;
  readonly port: number;
}

/** The API server of k3s. Pods connect to the Service `kubernetes`, which sends them to the nodes. */
const apiServer: Target = { kind: 'nodes', name: 'kubernetes', port: 6443 };

/** Traefik runs on the host network, so its requests come from the nodes' addresses. */
const traefik = flannelAddresses().map((address) => ({
  address,
  from: { kind: 'addresses', cidr: `${address}/32`, except: [] } satisfies Peer,
}));

const world: Peer = { kind: 'addresses', cidr: '0.0.0.0/0', except: privateRanges };

/**
 * All connections that the configuration declares. The flows rule compares them with the connections that
 * NetworkPolicies allow.
 */
export function declaredFlows(model: Model): Flow[] {
  return model.workloads.flatMap(([name, workload]) => [
    ...ingressFlows(model, name, workload),
    ...targetsOf(model, workload).flatMap((target) => outgoingFlows(model, name, target)),
  ]);
}

/**
 * The targets that a workload connects to: those under `connectsTo`, and those that its kind always needs.
 */
export function targetsOf(model: Model, workload: Workload): Target[] {
  if (isApplication(workload)) {
    const named = (workload.connectsTo ?? []).map((name) => namedTarget(model, name));
    return workload.serviceAccount === undefined ? named : [...named, apiServer];
  }
  const server = model.metrics === undefined ? [] : [model.metrics.server];
  switch (workload.kind) {
    case 'Redis':
      return [];
    case 'RedisExporter':
      return [namedTarget(model, workload.redis)];
    case 'PostgresBackup': {
      const ends = [workload.database.server, workload.bucket.server, ...server];
      return ends.map((name) => namedTarget(model, name));
    }
    case 'MetricsAgent': {
      const scraped = scrapeTargets(model).map(({ job: name, port, on }): Target => {
        return { kind: on === 'pods' ? 'workload' : 'nodes', name, port };
      });
      return [...server.map((name) => namedTarget(model, name)), ...scraped];
    }
  }
}

/** The port on which a workload accepts connections from other workloads; undefined if there is none. */
function servingPort(workload: Workload): number | undefined {
  if (workload.kind === 'WebService' || workload.kind === 'StatefulService') return workload.port;
  return workload.kind === 'Redis' ? redisPort : undefined;
}

function namedTarget({ external, workloads }: Model, name: string): Target {
  const outside = external[name];
  if (outside !== undefined) return { kind: 'external', name, port: outside.port };
  const inside = workloads.find(([candidate]) => candidate === name)?.[1];
  const port = inside === undefined ? undefined : servingPort(inside);
  if (port === undefined) throw new Error(`${name} has no port`);
  return { kind: 'workload', name, port };
}

/** Traefik runs on every node and connects to every workload that has a host. */
function ingressFlows({ namespace }: Model, name: string, workload: Workload): Flow[] {
  if (workload.kind !== 'WebService') return [];
  const { port, ingress } = workload;
  const to = pods(namespace, name);
  if (ingress !== undefined) {
    const from: Peer = { kind: 'pods', ...ingress.controller };
    return [{ name: `${ingress.class} -> ${name}:${port}`, from, to, protocol: 'TCP', port }];
  }
  if (edgeHostsOf(workload).length === 0) return [];
  return traefik.map(({ address, from }) => ({
    name: `traefik (${address}) -> ${name}:${port}`,
    from,
    to,
    protocol: 'TCP',
    port,
  }));
}

function outgoingFlows(model: Model, from: string, target: Target): Flow[] {
  const { name, port } = target;
  const sender = pods(model.namespace, from);
  return peersOf(model, target).map((to) => ({
    name: `${from} -> ${name}:${port}`,
    from: sender,
    to,
    protocol: 'TCP',
    port,
  }));
}

function peersOf(model: Model, { kind, name }: Target): Peer[] {
  switch (kind) {
    case 'workload':
      return [pods(model.namespace, name)];
    case 'external':
      return [world];
    case 'nodes':
      return clusterAddresses(model).map((address) => ({
        kind: 'addresses',
        cidr: `${address}/32`,
        except: [],
      }));
  }
}

function pods(namespace: string, name: string): Peer {
  return { kind: 'pods', namespace, labels: selectorLabels(name) };
}
