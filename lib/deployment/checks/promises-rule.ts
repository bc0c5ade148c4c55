import { Drill } from '../../analysis/drill/drill';
import { brokenPromises } from '../../analysis/drill/promises';
import { objectsOf } from '../../analysis/rules/parts';
import { type Rule, rule } from '../../analysis/rules/rule';
import type { Model } from '../model/model';
import { drillFacts } from './drill-facts';

/** What the operator counts on, as a rule: the manifests are held against the configuration's promises. */
export function promisesRule(model: Model): Rule {
  return rule({
    id: 'promises',
    sentence: 'What is promised of a failure holds, whatever the scheduler has chosen before.',
    why: 'Whether a service survives the loss of a node is otherwise found out when one is lost.',
    source: 'ours: nobody else knows what was promised; docs/drill.md says how it is found out',
    severity: 'high',
    fix: 'Change what the message names, or promise less.',
    rare: true,
    // The promises are no objects: what isn't kept stands at the namespace where no field is to blame.
    parts: { kinds: ['Deployment'], of: (manifests) => objectsOf('Namespace').of(manifests).slice(0, 1) },
    faults: (_, manifests) => {
      if (model.promises.length === 0) return [];
      const drill = Drill.of(manifests.all, drillFacts(model));
      return brokenPromises(drill, model.promises).map(({ path: [index], field, message }) => ({
        path: field?.path ?? '',
        ...(field !== undefined && { object: field.object }),
        message: `promises[${index}] ${message}`,
      }));
    },
  });
}
