import type { NetworkPolicy } from '../../../../imports/kubernetes/kinds';
import { namespaceOf, type Typed } from '../../../kubernetes/kinds';
import type { Manifests } from '../../../kubernetes/manifests';
import type { Part } from '../../../kubernetes/part';
import {
  dnsProtocolsOf,
  type LookupProtocol,
  lookupProtocols,
} from '../../../kubernetes/policies/name-lookups';
import {
  type DirectedRule,
  isolatedDirections,
  policyRules,
} from '../../../kubernetes/policies/policy-rules';
import type { Pod } from '../../../kubernetes/workloads/pods';
import type { Parts } from '../parts';

/** The DNS queries that are allowed for pods with the same policies. */
export interface Lookups {
  readonly pods: readonly Pod[];
  readonly protocols: readonly LookupProtocol[];
  /** Path in the policy: the ports of the rule that allows DNS, or spec.egress if no rule does. */
  readonly place: string;
}

/**
 * The DNS queries that each NetworkPolicy and the other policies of its pods allow together. Pods without egress
 * isolation, and pods that may not connect to anything, are left out.
 */
export const lookups: Parts<Lookups> = {
  kinds: ['NetworkPolicy'],
  of: (manifests) => {
    const found = new Map<string, { part: Part<unknown>; lookups: Lookups }>();
    for (const pod of manifests.pods.all) {
      const grants = grantsOf(pod, manifests);
      const [first] = grants;
      if (first === undefined) continue;
      const protocols = lookupProtocols.filter((each) =>
        grants.some((grant) => grant.lookups.includes(each)),
      );
      const { policy, rule } = grants.find((grant) => grant.lookups.length > 0) ?? first;
      const place = protocols.length > 0 ? `${rule.path}.ports` : 'spec.egress';
      const key = JSON.stringify([namespaceOf(policy.object), policy.object.metadata.name, place, protocols]);
      const known = found.get(key)?.lookups.pods ?? [];
      const part = { object: policy.object, path: '', value: undefined };
      found.set(key, { part, lookups: { pods: [...known, pod], protocols, place } });
    }
    return [...found.values()].map(({ part, lookups: value }) => ({ ...part, value }));
  },
};

interface LookupGrant {
  readonly policy: Typed<'NetworkPolicy'>;
  readonly rule: DirectedRule;
  readonly lookups: readonly LookupProtocol[];
}

/** The egress rules that apply to an isolated pod. */
function grantsOf(pod: Pod, manifests: Manifests): LookupGrant[] {
  if (pod.spec.hostNetwork === true) return [];
  const policies = manifests.selecting('NetworkPolicy', pod);
  const isIsolated = policies.some(
    ({ fields, selected }) =>
      selected === 'every' && isolatedDirections(fields.spec ?? {}).includes('Egress'),
  );
  if (!isIsolated) return [];
  return policies.flatMap((policy) =>
    egressOf(policy.fields).map((rule) => ({
      ...{ policy, rule },
      lookups: dnsProtocolsOf(rule, pod.namespace, ({ podSelector }) =>
        manifests.pods
          .matching(pod.namespace, podSelector ?? {})
          .some(({ spec }) => (spec.containers ?? []).some(({ ports = [] }) => ports.some(isDns))),
      ),
    })),
  );
}

function egressOf({ spec = {} }: NetworkPolicy): DirectedRule[] {
  return policyRules(spec).filter(({ direction }) => direction === 'Egress');
}

function isDns({ containerPort }: { readonly containerPort?: number }): boolean {
  return containerPort === 53 || containerPort === 5353;
}
