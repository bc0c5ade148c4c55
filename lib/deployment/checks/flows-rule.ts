import { prove } from '../../analysis/flows/proof/prove';
import { analyse } from '../../analysis/flows/reachability';
import { objectsOf } from '../../analysis/rules/parts';
import { type Rule, rule } from '../../analysis/rules/rule';
import { describeObject } from '../../kubernetes/objects/object-key';
import { topologyOf } from '../model/addresses';
import { declaredFlows } from '../model/flows';
import type { Model } from '../model/model';

/** A rule that compares the connections that NetworkPolicies allow with the declared connections. */
export function flowsRule(model: Model): Rule {
  return rule({
    id: 'flows',
    sentence: 'The NetworkPolicies allow every declared connection, and no others.',
    why: 'A connection that is missing causes an outage. An additional one is noticed only after it was misused.',
    source: 'ours: only the configuration has the declared connections',
    severity: 'critical',
    fix: 'Declare the connection under connectsTo, or correct the policy.',
    // The comparison covers all policies, so its findings belong to the Namespace.
    parts: { kinds: ['NetworkPolicy'], of: (manifests) => objectsOf('Namespace').of(manifests).slice(0, 1) },
    faults: (_, { all }) =>
      prove(analyse(all, topologyOf(model)), declaredFlows(model)).map(({ policies, message, wayOut }) => {
        const [policy] = policies;
        const object = policy === undefined ? undefined : all.find((each) => describeObject(each) === policy);
        const others = policies.length > 1 ? ` (with ${policies.slice(1).join(', ')})` : '';
        return {
          path: '',
          ...(object !== undefined && { object }),
          message: `${message}${others}. ${wayOut}`,
        };
      }),
  });
}
