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
   * The cluster's k3s, such as `v1.34.6+k3s1`: it determines the chart, and so the allowed keys. For an unknown
   * patch version, the nearest known one is used; an unknown minor version is refused.
   */
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
   * and null removes a value of the chart. A key that another version of the chart has under another name is
   * renamed to that of this chart; any other unknown key is refused.
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
 * A change restarts Traefik on one node after another; meanwhile, that node does not respond. A failed upgrade
 * leaves the running Traefik unchanged (k3s' default uninstalls it on every node first). From helm-controller
 * 0.17.6, the next change tries the release again (`failurePolicy: retry`, with `forceConflicts` of k3s' own
 * chart). Older versions don't have that value: the release stays failed until the operator repairs it (`abort`).
 * Deleting the object restores k3s' own values, with port 80 and a Service.
 *
 * - Nothing listens on 80: Helm 3 and Helm 4, as k3s runs them, remove an entry point that is null (charts
 *   39.0.5 to 41.3.0 rendered with Helm 3.20.1 and 4.1.4). This is not tested in a cluster: after the first
 *   apply, check that the nodes refuse port 80.
 * - A client that requests an unknown host gets no certificate (`sniStrict`): there is no default certificate.
 * - 9101 (metrics) listens on every address of the node: restrict it by the firewall, or bind it to an address
 *   by `values`.
 * - The access log has only three headers, and no paths, because their queries may contain tokens. It has the
 *   route.
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
        valuesContent: print(values),
      },
    });
  }
}

function description(k3sVersion: string): string {
  const { release, isExact } = resolveK3s(k3sVersion) ?? {};
  const bundled = `chart ${release?.chart}, Traefik ${release?.traefik}`;
  const known = isExact ? bundled : `not known; of ${release?.k3s}: ${bundled}`;
  return `Values of the Traefik of k3s ${k3sVersion}: ${known}. A change restarts it on one node after another.`;
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
  if (length === 0) return `is "${cidr}": any client could forge its address; list the proxy's ranges`;
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
