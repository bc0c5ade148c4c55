import { Drill } from '../../analysis/drill/drill';
import { brokenPromises } from '../../analysis/drill/promises';
import { objectsOf } from '../../analysis/rules/parts';
import { type Rule, rule } from '../../analysis/rules/rule';
import type { Model } from '../model/model';
import { drillFacts } from './drill-facts';

/** A rule that checks whether the manifests keep the promises of the configuration. */
export function promisesRule(model: Model): Rule {
  return rule({
    id: 'promises',
    sentence: 'Every promise holds in the failure that it names, whatever nodes the scheduler chooses.',
    why: 'Otherwise the first real loss of a node is the first test of the promise.',
    source: 'ours: only the configuration has the promises (docs/drill.md)',
    severity: 'high',
    fix: 'Change the field that the finding names, or weaken the promise.',
    rare: true,
    // A promise is not an object: if no field is the cause, the finding belongs to the Namespace.
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
