import type { KubernetesObject } from '../../documents/kubernetes';
import type { Output } from '../../documents/output';
import { resourcesOf, type TerraformResource } from '../../documents/terraform';
import type { Topology } from '../../documents/topology';
import { defaultTopology } from '../../kubernetes/k3s-network';
import { Manifests } from '../../kubernetes/manifests';
import { describeObject, kindOf } from '../../kubernetes/objects/object-key';
import { type ChartTraefik, chartTraefik } from '../../kubernetes/traefik/chart-entry-points';
import { instancesOf } from '../../terraform/instances';
import { withFullRecordNames } from '../../terraform/record-names';
import { type FlowCluster, readFlowCluster } from '../flows/cluster';
import { Network } from '../flows/network';
import { clusterDns } from '../flows/proof/declared';
import { type ScriptedFirewall, scriptedFirewalls } from '../impact/nodes/scripted-firewall';
import type { TraceField } from './step';

/** An external service that pods connect to. */
export interface TraceTarget {
  readonly name: string;
  /** @default unknown */
  readonly host?: string | undefined;
  readonly port: number;
}

/** A node of the cluster. */
export interface TraceNode {
  readonly name: string;
  /** The public address. */
  readonly address?: string | undefined;
}

/** Facts that the traced documents do not contain. */
export interface TraceFacts {
  /** @default the ranges of k3s, and nodes with unknown addresses */
  readonly topology?: Topology | undefined;
  /** @default the nodes of the node scripts */
  readonly nodes?: readonly TraceNode[] | undefined;
  /** The address ranges of Cloudflare. @default the proxies that Traefik trusts */
  readonly proxyRanges?: readonly string[] | undefined;
  /** The external services, by the names that connections use. @default none */
  readonly external?: readonly TraceTarget[] | undefined;
  /**
   * The name of the configuration file that the documents come from. If set, the documents are complete, and a fix is
   * an edit of this file.
   *
   * @default documents of any origin, which may be only a part of what is applied
   */
  readonly configuration?: string | undefined;
  /** Workloads of the configuration that may have `connectsTo`. @default none */
  readonly declaring?: readonly string[] | undefined;
}

/** Traefik's pods in k3s, if they are not on the host network. */
export const traefikPods = {
  kind: 'pods',
  namespace: 'kube-system',
  labels: { 'app.kubernetes.io/name': 'traefik' },
} as const;

/** The documents through which a request is traced. */
export class TraceSubject {
  readonly manifests: Manifests;
  /** The Terraform resources. DNS records have their full names. */
  readonly resources: readonly TerraformResource[];
  readonly firewalls: readonly ScriptedFirewall[];
  readonly nodes: readonly TraceNode[];
  readonly topology: Topology;
  /** Undefined if the input does not contain the Traefik of k3s. */
  readonly traefik: ChartTraefik | undefined;
  readonly cluster: FlowCluster;
  private readonly files = new Map<string, string>();
  private lazyNetwork: Network | undefined;
  private lazyWide: Network | undefined;

  /** @throws an error with the object and the path, for a workload or policy that the API server would refuse */
  constructor(
    output: Output,
    readonly facts: TraceFacts,
  ) {
    const objects = output.objects.map(({ object }) => object);
    this.manifests = new Manifests(objects);
    const found = output.stacks.flatMap(({ file, configuration }) =>
      resourcesOf(configuration)
        .flatMap(instancesOf)
        .map((resource) => ({ file, resource })),
    );
    for (const { file, resource } of found) this.files.set(resource.address, file);
    const resources = found.map(({ resource }) => resource);
    this.resources = withFullRecordNames(resources, resources);
    this.firewalls = scriptedFirewalls(output);
    this.nodes = facts.nodes ?? this.firewalls.map(({ node, address }) => ({ name: node, address }));
    this.topology = facts.topology ?? defaultTopology;
    const chart = this.manifests.all.find(isTraefikChart);
    this.traefik = chart && chartTraefik(chart);
    this.cluster = readFlowCluster(objects);
  }

  /** The connections between the pods of the documents. */
  get network(): Network {
    this.lazyNetwork ??= new Network(this.cluster, this.topology);
    return this.lazyNetwork;
  }

  /**
   * The connections between the pods of the documents and the pods that k3s installs: Traefik and the cluster's DNS.
   */
  get wideNetwork(): Network {
    this.lazyWide ??= new Network(this.cluster, this.topology, [traefikPods, clusterDns]);
    return this.lazyWide;
  }

  get proxyRanges(): readonly string[] | undefined {
    const trusted = this.traefik?.entryPoints.flatMap(({ trustedIps }) => trustedIps) ?? [];
    return this.facts.proxyRanges ?? (trusted.length === 0 ? undefined : [...new Set(trusted)]);
  }

  /** Whether the documents are everything that is applied. */
  get isComplete(): boolean {
    return this.facts.configuration !== undefined;
  }

  ofType(...types: readonly string[]): TerraformResource[] {
    return this.resources.filter(({ type }) => types.includes(type));
  }

  /** A field of an object. Its file position is that of the original object. */
  field(object: KubernetesObject, path = ''): TraceField {
    return { kind: 'object', object: this.manifests.sourceOf(object), path };
  }

  resourceField({ address }: TerraformResource, path = ''): TraceField {
    return { kind: 'resource', address, file: this.files.get(address) ?? '', path };
  }

  /** Finds an object by its name in messages, such as `NetworkPolicy shop/allow-dns`. */
  named(name: string): KubernetesObject | undefined {
    return this.manifests.all.find((object) => describeObject(object) === name);
  }
}

function isTraefikChart(object: KubernetesObject): boolean {
  const { name, namespace } = object.metadata;
  return kindOf(object) === 'HelmChartConfig' && name === 'traefik' && namespace === 'kube-system';
}
