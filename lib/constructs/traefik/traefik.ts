import { Construct } from 'constructs';

import { HelmChartConfig, HelmChartConfigSpecFailurePolicy } from '../../../imports/helm.cattle.io';
import { addressBits, prefixLength } from '../../documents/cidr';
import { canonicalQuantity, parseQuantity } from '../../kubernetes/quantity';
import { chartOf, keyProblems, versionProblem } from '../../kubernetes/traefik-chart';
import { yamlText } from '../parts/yaml-text';
import { type PropProblem, refuse } from '../props-error';
import { mergeValues, nodeTraefik } from './node-traefik';
import type { TraefikValues } from './traefik-values';

export interface TraefikConfigProps {
  /** The cluster's k3s, such as `v1.34.6+k3s1`: it determines the chart, and so the allowed keys. */
  readonly k3sVersion: string;
  /**
   * The CIDRs of the proxy in front. Only its X-Forwarded-* headers are trusted. If a range is missing, all
   * of its users count as one client; a range that is not the proxy's can forge client addresses.
   */
  readonly trustedIPs: readonly string[];
  /** Its resource requests on every node. @default 100m and 50Mi, without limits */
  readonly requests?: { readonly cpu: string; readonly memory: string };
  /** @default system-node-critical: under resource pressure, a node evicts all other pods first */
  readonly priorityClass?: string;
  /**
   * More values of the chart. Maps are merged key by key. Any other value replaces the one that is set here,
   * and null removes a value of the chart. An unknown key is refused.
   *
   * @default none
   */
  readonly values?: TraefikValues;
}

/**
 * The configuration of the Traefik that k3s bundles: it listens on port 443 of every node, runs as an
 * unprivileged user, and serves Ingresses whose hosts all have a certificate. It is the HelmChartConfig
 * `traefik` in `kube-system`; there can be one.
 *
 * A change restarts Traefik on one node after another; meanwhile, that node does not respond. Values that
 * the chart refuses leave the running Traefik as it is (`failurePolicy: abort`; k3s' default uninstalls it on every
 * node first). Deleting the object brings back k3s' own values, with port 80 and a Service.
 *
 * - Nothing listens on 80. Helm 3, which k3s v1.34 runs, removes an entry point that is null; Helm 4 may not (a bug
 *   of its own, traefik-helm-chart #1971). This is not tested: after the first apply, check that the nodes
 * refuse port 80.
 * - A client that requests an unknown host gets no certificate (`sniStrict`): there is no default
 *   certificate.
 * - 9101 (metrics) listens on every address of the node: restrict it by the firewall, or bind it to an
 *   address by `values`.
 * - The access log has only three headers, and no paths, because their queries may contain tokens. It has the
 *   route.
 *
 * @see https://docs.k3s.io/helm#customizing-packaged-components-with-helmchartconfig
 */
export class TraefikConfig extends Construct {
  constructor(scope: Construct, id: string, props: TraefikConfigProps) {
    super(scope, id);
    const values = valuesOf(props);
    const chart = chartOf(props.k3sVersion);
    refuse(this, props, [
      versionProblem(props.k3sVersion),
      ...trustProblems(props.trustedIPs),
      ...requestProblems(props.requests),
      ...(chart === undefined ? [] : keyProblems(chart, values)),
    ]);
    new HelmChartConfig(this, 'config', {
      metadata: {
        name: 'traefik',
        namespace: 'kube-system',
        annotations: {
          'kubernetes.io/description': `Values of the Traefik of k3s ${props.k3sVersion}: chart ${chart?.version}, Traefik ${chart?.traefik}. A change restarts it on one node after another.`,
        },
      },
      spec: { failurePolicy: HelmChartConfigSpecFailurePolicy.ABORT, valuesContent: print(values) },
    });
  }
}

const defaultRequests = { cpu: '100m', memory: '50Mi' };

function valuesOf({
  trustedIPs,
  requests = defaultRequests,
  priorityClass,
  values = {},
}: TraefikConfigProps) {
  const own = nodeTraefik({
    trustedIPs,
    requests: { cpu: canonicalQuantity(requests.cpu), memory: canonicalQuantity(requests.memory) },
    priorityClass: priorityClass ?? 'system-node-critical',
  });
  return mergeValues(own, values);
}

/** Sorted, so that the order of the values has no effect. */
function print(values: ReturnType<typeof valuesOf>): string {
  return yamlText(values, {
    lineWidth: 0,
    compat: 'yaml-1.1',
    sortMapEntries: true,
    aliasDuplicateObjects: false,
  });
}

function trustProblems(trustedIPs: readonly string[]): PropProblem[] {
  if (trustedIPs.length === 0) {
    const message =
      "is empty, so all users would be one client: the proxy; list the proxy's ranges, for Cloudflare https://www.cloudflare.com/ips";
    return [{ path: ['trustedIPs'], message }];
  }
  return trustedIPs.flatMap((cidr, index) => {
    const message = trustProblem(cidr);
    return message === undefined ? [] : [{ path: ['trustedIPs', index], message }];
  });
}

function trustProblem(cidr: string): string | undefined {
  const length = prefixLength(cidr);
  if (length === 0) return `is "${cidr}": anybody could claim to be anybody; list the proxy's ranges`;
  if (length !== undefined) return undefined;
  const bits = addressBits(cidr);
  if (bits !== undefined) return `is "${cidr}", an address without a prefix; write ${cidr}/${bits}`;
  return `is "${cidr}"; it must be a CIDR, such as 173.245.48.0/20`;
}

function requestProblems(requests: TraefikConfigProps['requests']): PropProblem[] {
  return Object.entries(requests ?? {})
    .filter(([, amount]) => parseQuantity(amount) === undefined)
    .map(([resource, amount]) => ({
      path: ['requests', resource],
      message: `is "${amount}", which is no Kubernetes quantity; write it like 100m or 128Mi`,
    }));
}
