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

/** The configuration of every node of a deployment, from which its script is made. */
export function nodeSetups(model: Model): NodeSetup[] {
  return Object.keys(model.nodes).map((name) => nodeSetupOf(model, name));
}

/** The configuration of one node, from which its script is made. */
export function nodeSetupOf(model: Model, name: string): NodeSetup {
  return nodeSetup(nodeProps(model, name));
}

/**
 * The scripts `nodes/<name>.sh`. They have their own directory, which `kubectl apply -f dist/` doesn't read.
 */
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
 * The node that a node joins. The first node of a new cluster joins no node: it initialises the cluster. Once
 * the cluster is initialised, the first node joins another node. k3s ignores that while the node has data;
 * without data, k3s would start a second cluster.
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
