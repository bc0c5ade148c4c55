import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding } from './finding';

/** Objects that are named after a workload must not be another workload's. */
export function derivedNameFindings({ edge, workloads }: Deployment): ConfigFinding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    const watched =
      workload.kind === 'RedisExporter' || ('metrics' in workload && workload.metrics !== undefined);
    const derived = [
      ...(watched ? [{ taken: `${name}-metrics`, what: `the Service for the metrics of ${name}` }] : []),
      ...(workload.kind === 'WebService' && watched
        ? [
            {
              taken: `${name}-denied`,
              what: `the Ingress that blocks public requests for the metrics of ${name}`,
            },
          ]
        : []),
    ];
    const collisions = derived
      .filter(({ taken }) => taken in workloads)
      .map(({ taken, what }) =>
        at(['workloads', taken], `has the same name as ${what}; choose another name`),
      );
    const tooLong =
      watched && name.length > longestWatched
        ? [
            at(
              ['workloads', name],
              `has ${name.length} characters, but the name of a workload with metrics can have at most ${longestWatched}; shorten it`,
            ),
          ]
        : [];
    const ingress =
      name === 'traefik' && watched && edge !== undefined
        ? [at(['workloads', name], 'is the name of the scrape job of Traefik; choose another name')]
        : [];
    return [...collisions, ...tooLong, ...ingress].map((finding) => ({ ...finding, key: true }));
  });
}

/** `-metrics` must fit behind it into a Service's name. */
const longestWatched = 63 - '-metrics'.length;
