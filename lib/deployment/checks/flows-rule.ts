import { prove } from '../../analysis/flows/proof/prove';
import { analyse } from '../../analysis/flows/reachability';
import { objectsOf } from '../../analysis/rules/parts';
import { type Rule, rule } from '../../analysis/rules/rule';
import { describeObject } from '../../kubernetes/objects/object-key';
import { topologyOf } from '../model/addresses';
import { declaredFlows } from '../model/flows';
import type { Model } from '../model/model';

/** The proof of the policies as a rule: what they let connect is held against what the configuration declares. */
export function flowsRule(model: Model): Rule {
  return rule({
    id: 'flows',
    sentence: 'The NetworkPolicies let through every connection that is declared, and no other.',
    why: 'A policy that lets through too little is an outage, and one that lets through too much is found by nobody.',
    source: 'ours: nobody else knows what was declared',
    severity: 'critical',
    fix: 'Declare the connection under connectsTo, or mend the policy.',
    // One proof is about all of the policies: it stands at the namespace.
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
