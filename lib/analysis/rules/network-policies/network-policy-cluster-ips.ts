import { contains } from '../../../documents/cidr';
import type { KubernetesObject } from '../../../documents/kubernetes';
import { serviceRanges } from '../../../documents/topology';
import type { Manifests } from '../../../kubernetes/manifests';
import { describeObject } from '../../../kubernetes/objects/object-key';
import { policyRules } from '../../../kubernetes/policies/policy-rules';
import { objectsOf } from '../parts';
import { rule } from '../rule';

export const networkPolicyClusterIps = rule({
  id: 'network-policy-cluster-ips',
  sentence: 'No NetworkPolicy lists the address of a Service.',
  why: 'kube-proxy translates the address of a Service to the address of a pod before a policy applies. A rule with the Service address therefore allows nothing.',
  source: 'https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource',
  severity: 'high',
  fix: 'Select the pods of the Service and their port. For the API server, use the addresses of the nodes and port 6443.',
  rare: true,
  parts: objectsOf('NetworkPolicy'),
  faults: ({ spec = {} }, manifests) =>
    policyRules(spec).flatMap(({ peers, peersPath }) =>
      peers.map(({ ipBlock }, index) => {
        const service = ipBlock === undefined ? undefined : serviceAt(ipBlock.cidr ?? '', manifests);
        return (
          service !== undefined && {
            path: `${peersPath}[${index}].ipBlock.cidr`,
            found: `is ${ipBlock?.cidr}, ${service}`,
            must: 'be an address of pods or nodes',
          }
        );
      }),
    ),
});

/** Names the Service, or the Service range, that contains the address. */
function serviceAt(cidr: string, manifests: Manifests): string | undefined {
  const named = addressedServices(manifests).find(({ addresses }) =>
    addresses.some((address) => contains(address, cidr)),
  );
  if (named !== undefined) return `the address of ${describeObject(named.object)}`;
  const range = serviceRanges.find((each) => contains(each.cidr, cidr));
  return range === undefined ? undefined : `in ${range.cidr}, the Service range of ${range.cluster}`;
}

interface AddressedService {
  readonly object: KubernetesObject;
  readonly addresses: readonly string[];
}

const addressed = new WeakMap<Manifests, readonly AddressedService[]>();

/** The Services that set clusterIP. Computed once, because every peer of every policy is compared with them. */
function addressedServices(manifests: Manifests): readonly AddressedService[] {
  const known = addressed.get(manifests);
  if (known !== undefined) return known;
  const found = manifests.of('Service').flatMap(({ object, fields: { spec = {} } }) => {
    const { clusterIP = 'None', clusterIPs = [clusterIP] } = spec;
    const addresses = clusterIPs.filter((address) => address !== 'None' && address !== '');
    return addresses.length === 0 ? [] : [{ object, addresses }];
  });
  addressed.set(manifests, found);
  return found;
}
