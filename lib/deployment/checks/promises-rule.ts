import { Drill } from '../../analysis/drill/drill';
import { brokenPromises } from '../../analysis/drill/promises';
import { objectsOf } from '../../analysis/rules/parts';
import { type Rule, rule } from '../../analysis/rules/rule';
import type { Model } from '../model/model';
import { drillFacts } from './drill-facts';

/** A rule that compares the manifests with the configuration's promises. */
export function promisesRule(model: Model): Rule {
  return rule({
    id: 'promises',
    sentence: 'Every promise holds in its failure, for any placement by the scheduler.',
    why: 'Otherwise the first real loss of a node shows whether a service survives it.',
    source: 'ours: only the configuration has the promises (docs/drill.md)',
    severity: 'high',
    fix: 'Change the named field, or promise less.',
    rare: true,
    // Promises are not objects: without a field as the cause, the finding has the namespace as its object.
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
