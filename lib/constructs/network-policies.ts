import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { Construct } from 'constructs';
import { namespaceNameLabel } from '../kubernetes/policies/namespaces';
import { selectorLabels } from './labels';
import type { Connectable, Connection, Party } from './parts/connections';

export interface NetworkPoliciesProps {
  /**
   * All workloads that open connections. Each connection that they declare by `connectTo` is allowed as
   * egress and as ingress.
   */
  readonly sources: readonly Connectable[];
}

/**
 * The NetworkPolicies of a namespace. They deny all ingress and egress, except for connections that workloads
 * declare by `connectTo` and connections to the cluster's DNS. NetworkPolicies are additive: other policies
 * in the namespace can allow more connections.
 *
 * Each workload has at most two policies: `allow-egress-from-<name>` and `allow-ingress-to-<name>`.
 */
export class NetworkPolicies extends Construct {
  constructor(scope: Construct, id: string, { sources }: NetworkPoliciesProps) {
    super(scope, id);
    const connections = sources.flatMap((source) => source.connections);
    for (const [name, group] of grouped(connections.filter(leavesPods), ({ from }) => from.name)) {
      new k8s.KubeNetworkPolicy(this, `egress-${name}`, egress(name, group));
    }
    for (const [name, group] of grouped(connections.filter(entersPods), ({ to }) => to.name)) {
      new k8s.KubeNetworkPolicy(this, `ingress-${name}`, ingress(name, group));
    }
    new k8s.KubeNetworkPolicy(this, 'dns', dns());
    // This policy is applied last. Without it, pods that no other policy selects can connect to everything.
    new k8s.KubeNetworkPolicy(this, 'default-deny', {
      metadata: { name: 'default-deny' },
      spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
    });
  }
}

function egress(name: string, connections: readonly Connection[]): k8s.KubeNetworkPolicyProps {
  return {
    metadata: { name: `allow-egress-from-${name}` },
    spec: {
      podSelector: { matchLabels: selectorLabels(name) },
      policyTypes: ['Egress'],
      egress: mergeRules(connections, ({ to }) => to.peers).map(({ peers, ports }) => ({ to: peers, ports })),
    },
  };
}

function ingress(name: string, connections: readonly Connection[]): k8s.KubeNetworkPolicyProps {
  return {
    metadata: { name: `allow-ingress-to-${name}` },
    spec: {
      podSelector: { matchLabels: selectorLabels(name) },
      policyTypes: ['Ingress'],
      ingress: mergeRules(connections, ({ from }) => from.peers).map(({ peers, ports }) => ({
        from: peers,
        ports,
      })),
    },
  };
}

/** Every pod may connect to the cluster's DNS, which uses TCP for responses that are too long for UDP. */
function dns(): k8s.KubeNetworkPolicyProps {
  return {
    metadata: { name: 'allow-dns' },
    spec: {
      podSelector: {},
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { [namespaceNameLabel]: 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: ['UDP', 'TCP'].map((protocol) => ({ protocol, port: k8s.IntOrString.fromNumber(53) })),
        },
      ],
    },
  };
}

/** One rule for each distinct set of peers, with all ports of these peers. */
function mergeRules(
  connections: readonly Connection[],
  peersOf: (connection: Connection) => Connection['to']['peers'],
) {
  const rules = grouped(connections, (connection) => JSON.stringify(peersOf(connection)));
  return [...rules.values()].map((group) => ({
    peers: group[0] === undefined ? [] : [...peersOf(group[0])],
    ports: [...new Set(group.map(({ port }) => port))]
      .sort((a, b) => a - b)
      .map((port) => ({ protocol: 'TCP', port: k8s.IntOrString.fromNumber(port) })),
  }));
}

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function leavesPods({ from }: Connection): boolean {
  return hasOwnPods(from);
}

function entersPods({ to }: Connection): boolean {
  return hasOwnPods(to);
}

/** Whether a policy can select pods of the party: a policy selects only pods of its own namespace. */
function hasOwnPods({ peers }: Party): boolean {
  return peers.some(
    ({ podSelector, namespaceSelector }) => podSelector !== undefined && namespaceSelector === undefined,
  );
}
