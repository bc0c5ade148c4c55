import { Construct } from 'constructs';

import { HelmChartConfig, HelmChartConfigSpecFailurePolicy } from '../../../imports/helm.cattle.io';
import { addressBits, prefixLength } from '../../documents/cidr';
import { canonicalQuantity, parseQuantity } from '../../kubernetes/quantity';
import { releaseTakesRetry, resolveK3s, unknownMinor } from '../../kubernetes/release/k3s-release';
import { translateValues } from '../../kubernetes/traefik/translate-values';
import { chartOfVersion, keyProblems } from '../../kubernetes/traefik-chart';
import { yamlText } from '../parts/yaml-text';
import { type PropProblem, refuse } from '../props-error';
import { mergeValues, nodeTraefik } from './node-traefik';
import type { TraefikValues } from './traefik-values';

export interface TraefikConfigProps {
  /**
   * The version of k3s in the cluster, such as `v1.34.6+k3s1`. It determines the version of the chart, and so
   * the allowed keys. An unknown patch version is replaced by the nearest known one; an unknown minor version
   * is refused.
   */
  readonly k3sVersion: string;
  /**
   * The CIDRs of the proxy in front of Traefik. Only X-Forwarded-* headers from these addresses are trusted.
   * If a range of the proxy is missing, all clients behind that range count as one client. If a range does
   * not belong to the proxy, clients in that range can forge client addresses.
   */
  readonly trustedIPs: readonly string[];
  /** The resource requests of Traefik on every node. @default 100m and 50Mi, without limits */
  readonly requests?: { readonly cpu: string; readonly memory: string };
  /** @default system-node-critical: under resource pressure, a node evicts all other pods first */
  readonly priorityClass?: string;
  /**
   * More values of the chart. Maps are merged key by key. Any other value replaces the value that this
   * construct sets, and null removes a value of the chart. A key that only another version of the chart has
   * is renamed, if this version has it under a different name; any other unknown key is refused.
   *
   * @default none
   */
  readonly values?: TraefikValues;
}

/**
 * The configuration of the Traefik that k3s bundles: it listens on port 443 of every node, runs as an
 * unprivileged user, and serves Ingresses whose hosts all have a certificate. The object is the
 * HelmChartConfig `traefik` in `kube-system`; a cluster can have only one.
 *
 * A change restarts Traefik on one node after another; while Traefik restarts, its node does not respond. A
 * failed upgrade leaves the running Traefik unchanged (k3s' default uninstalls Traefik on every node first).
 * From helm-controller 0.17.6, the next change retries the failed release (`failurePolicy: retry`, with
 * `forceConflicts` of k3s' own chart). Older versions don't have that value: the release stays failed until
 * you repair it (`abort`). If you delete the object, k3s' own values apply again, with port 80 and a Service.
 *
 * - Traefik does not listen on port 80: the Helm versions of k3s (3 and 4) remove an entry point that is null
 *   (charts 39.0.5 to 41.3.0 rendered with Helm 3.20.1 and 4.1.4). This is not tested in a cluster: after the
 *   first apply, check that the nodes refuse port 80.
 * - A client that requests an unknown host gets no certificate (`sniStrict`): there is no default
 *   certificate.
 * - Port 9101 (metrics) listens on every address of the node: restrict the port in the firewall, or bind it
 *   to an address in `values`.
 * - The access log has only three headers, and no paths, because their query strings may contain tokens. The
 *   log has the route.
 *
 * @see https://docs.k3s.io/helm#customizing-packaged-components-with-helmchartconfig
 */
export class TraefikConfig extends Construct {
  constructor(scope: Construct, id: string, props: TraefikConfigProps) {
    super(scope, id);
    const resolved = resolveK3s(props.k3sVersion);
    const chart = resolved && chartOfVersion(resolved.release.chart);
    const stated = valuesOf(props);
    const values = chart === undefined ? stated : translateValues(chart, stated).values;
    const unknown = unknownMinor(props.k3sVersion);
    refuse(this, props, [
      ...(unknown === undefined ? [] : [{ path: ['k3sVersion'], message: unknown }]),
      ...trustProblems(props.trustedIPs),
      ...requestProblems(props.requests),
      ...(chart === undefined ? [] : keyProblems(chart, values)),
    ]);
    new HelmChartConfig(this, 'config', {
      metadata: {
        name: 'traefik',
        namespace: 'kube-system',
        annotations: { 'kubernetes.io/description': description(props.k3sVersion) },
      },
      spec: {
        failurePolicy: releaseTakesRetry(props.k3sVersion)
          ? HelmChartConfigSpecFailurePolicy.RETRY
          : HelmChartConfigSpecFailurePolicy.ABORT,
        valuesContent: printValues(values),
      },
    });
  }
}

function description(k3sVersion: string): string {
  const { release, isExact } = resolveK3s(k3sVersion) ?? {};
  const bundled = `chart ${release?.chart}, Traefik ${release?.traefik}`;
  const known = isExact ? bundled : `unknown; the nearest known release, ${release?.k3s}, has ${bundled}`;
  return `Values for the Traefik that k3s ${k3sVersion} bundles: ${known}. A change restarts Traefik on one node after another.`;
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

/** Prints the values in sorted order, so that their order in the props has no effect. */
function printValues(values: ReturnType<typeof valuesOf>): string {
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
      "is empty, so all users would count as one client, the proxy; list the proxy's ranges, for Cloudflare https://www.cloudflare.com/ips";
    return [{ path: ['trustedIPs'], message }];
  }
  return trustedIPs.flatMap((cidr, index) => {
    const message = trustProblem(cidr);
    return message === undefined ? [] : [{ path: ['trustedIPs', index], message }];
  });
}

function trustProblem(cidr: string): string | undefined {
  const length = prefixLength(cidr);
  if (length === 0)
    return `is "${cidr}", so any client could forge its address; list the proxy's ranges instead`;
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
      message: `is "${amount}"; it must be a Kubernetes quantity, such as 100m or 128Mi`,
    }));
}
