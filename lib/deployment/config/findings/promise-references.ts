import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding, type DeclaredNames, unknown } from './finding';

/** A promise must set at least one guarantee, and name declared workloads. */
export function promiseFindings(
  { promises = [], workloads }: Deployment,
  declared: DeclaredNames,
): ConfigFinding[] {
  return promises.flatMap((promise, index) => {
    const { when, ready, running, recovers, completes } = promise;
    const place = ['promises', index];
    if ([ready, running, recovers, completes].every((each) => each === undefined)) {
      return [at(place, 'has no guarantee; set at least one of ready, running, recovers, completes')];
    }
    const ends = when === 'node-drained' || when === 'rollout';
    return [
      ...(completes === true && !ends
        ? [
            at(
              [...place, 'completes'],
              `can't be set for when: ${when}, only for node-drained and rollout; remove completes`,
            ),
          ]
        : []),
      ...Object.entries({ ready, running, recovers }).flatMap(([key, named = {}]) =>
        Object.entries(named)
          .map(([step, value]) =>
            Array.isArray(named) ? { step: Number(step), name: String(value) } : { step, name: step },
          )
          .filter(({ name }) => !(name in workloads) && !declared.destinations.includes(name))
          .map(({ step, name }) =>
            at([...place, key, step], unknown('the workload', name, Object.keys(workloads))),
          ),
      ),
    ];
  });
}
