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
  /** The cluster's k3s, such as `v1.34.6+k3s1`: it pins the chart, and with it the keys that are accepted. Of a patch that is not known the nearest known one is taken; an unknown minor version is refused. */
  readonly k3sVersion: string;
  /**
   * The CIDRs of the proxy in front, which alone may say in X-Forwarded-* who the client is. A range that is missing
   * turns all its users into one client; one that is not the proxy's lets its users claim to be anybody.
   */
  readonly trustedIPs: readonly string[];
  /** What the scheduler keeps free for it on every node. @default 100m and 50Mi ; there are no limits */
  readonly requests?: { readonly cpu: string; readonly memory: string };
  /** @default system-node-critical: under pressure a node evicts everything else before its ingress */
  readonly priorityClass?: string;
  /**
   * More values of the chart. Maps are merged key by key, everything else replaces what is set here, and null
   * removes what the chart sets. A key that another version of the chart has by another name gets the pinned one's name; any
   * other that the chart doesn't know is refused.
   *
   * @default none
   */
  readonly values?: TraefikValues;
}

/**
 * How the Traefik that k3s bundles runs: on every node's own port 443, as a user without privileges, for Ingresses
 * of which every host has its certificate. It is the HelmChartConfig `traefik` in `kube-system`; there can be one.
 *
 * Applying a change restarts Traefik on one node after another, and the node doesn't answer meanwhile. A failed upgrade
 * leaves the running Traefik as it is (k3s' default uninstalls it on every node first). From helm-controller 0.17.6 on the
 * release is tried again with the next change (`failurePolicy: retry`, with `forceConflicts` of k3s' own chart); older ones
 * don't know that word, and it stays failed until a person acts (`abort`). Deleting the object brings back k3s' own values, with port 80 and a Service.
 *
 * - Nothing listens on 80: Helm 3 and Helm 4, as k3s runs them, remove an entry point that is null (charts 39.0.5 to 41.3.0
 *   rendered with Helm 3.20.1 and 4.1.4). Not tried in a cluster: after the first apply, see that the nodes refuse port 80.
 * - A client that asks for no known host gets no certificate at all (`sniStrict`), so there is no default one.
 * - 9101 (metrics) listens on every address of the node: the firewall keeps the world out, or `values` binds it.
 * - The access log has no headers but three, and no paths: their queries carry tokens. It names the route.
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

/** Sorted, so that the order in which values were given changes nothing. */
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
