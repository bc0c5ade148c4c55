import type { OutputFile } from '../../documents/file';
import { defaultTopology, serviceCidr } from '../../kubernetes/k3s-network';
import type { NodeSetup } from '../../nodes/node-setup';
import type { ClusterProps, NodeProps } from '../../nodes/props';
import { nodeScript } from '../../nodes/script';
import { nodeSetup } from '../../nodes/setup';
import { k3sArchitectureOf, roleOf, serverNames } from '../config/schema/node-role';
import type { Resolvable } from '../config/schema/unresolved';
import { isUnresolved } from '../config/schema/unresolved';
import { clusterAddress, type Model, nodeOf } from '../model/model';
import { nodeMetricsPorts } from '../model/scrape-targets';

/** The descriptions of all nodes of a deployment. */
export function nodeSetups(model: Model): NodeSetup[] {
  return Object.keys(model.nodes).map((name) => nodeSetupOf(model, name));
}

/** The description of one node. */
export function nodeSetupOf(model: Model, name: string): NodeSetup {
  return nodeSetup(nodeProps(model, name));
}

/** `nodes/<name>.sh` for each node. It has its own directory, which `kubectl apply -f dist/` doesn't read. */
export function nodeScriptFiles(setups: readonly NodeSetup[]): OutputFile[] {
  return setups.map((setup) => ({ path: `nodes/${setup.name}.sh`, text: nodeScript(setup) }));
}

function nodeProps(model: Model, name: string): NodeProps {
  const node = nodeOf(model, name);
  const { hostname, address, labels = {} } = node;
  const { access, k3s, k3sSha256, cloudflareRanges, unresolvedOfNodes } = model;
  const architecture = k3sArchitectureOf(node);
  return {
    name,
    hostname,
    address,
    architecture,
    role: roleOf(node),
    k3sVersion: k3s,
    k3sSha256: k3sSha256?.[k3s]?.[architecture],
    labels,
    access: { ...access, authorizedKeys: known(access.authorizedKeys), networks: known(access.networks) },
    cluster: clusterProps(model, name),
    cloudflareRanges,
    unresolved: unresolvedOfNodes,
  };
}

function clusterProps(model: Model, name: string): ClusterProps {
  const { registry, ...cluster } = model.cluster;
  const user = known(registry.user);
  return {
    ...cluster,
    nodeAddress: clusterAddress(model, name),
    peers: Object.keys(model.nodes)
      .filter((peer) => peer !== name)
      .map((peer) => ({
        name: peer,
        address: clusterAddress(model, peer),
        role: roleOf(nodeOf(model, peer)),
      })),
    join: serverToJoin(model, name),
    metricsPorts: nodeMetricsPorts(model),
    podCidr: defaultTopology.podCidr,
    serviceCidr,
    registry: user === undefined ? undefined : { host: registry.host, user },
  };
}

/**
 * The first node initialises a new cluster and joins no other. In an initialised cluster it joins another
 * node: k3s ignores that while it has data, and without data it would otherwise start a second cluster.
 */
function serverToJoin(model: Model, name: string): string | undefined {
  const { initialised, firstNode } = model.cluster;
  if (name !== firstNode) return clusterAddress(model, firstNode);
  const [other] = serverNames(model.nodes).filter((candidate) => candidate !== name);
  return initialised && other !== undefined ? clusterAddress(model, other) : undefined;
}

function known<T>(value: Resolvable<T>): T | undefined {
  return isUnresolved(value) ? undefined : value;
}
