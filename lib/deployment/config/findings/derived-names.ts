import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding } from './finding';

/** Objects that are named after a workload must not be another workload's. */
export function derivedNameFindings({ edge, workloads }: Deployment): ConfigFinding[] {
  return Object.entries(workloads).flatMap(([name, workload]) => {
    const watched =
      workload.kind === 'RedisExporter' || ('metrics' in workload && workload.metrics !== undefined);
    const derived = [
      ...(watched
        ? [{ taken: `${name}-metrics`, what: `the Service by which the metrics of ${name} are found` }]
        : []),
      ...(workload.kind === 'WebService' && watched
        ? [{ taken: `${name}-denied`, what: `the Ingress that keeps the metrics of ${name} from the public` }]
        : []),
    ];
    const collisions = derived
      .filter(({ taken }) => taken in workloads)
      .map(({ taken, what }) => at(['workloads', taken], `has the name of ${what}; choose another`));
    const tooLong =
      watched && name.length > longestWatched
        ? [
            at(
              ['workloads', name],
              `has ${name.length} characters, and with metrics it may have ${longestWatched}; shorten it`,
            ),
          ]
        : [];
    const ingress =
      name === 'traefik' && watched && edge !== undefined
        ? [
            at(
              ['workloads', name],
              'has the name under which the Traefik of the nodes is scraped; choose another',
            ),
          ]
        : [];
    return [...collisions, ...tooLong, ...ingress].map((finding) => ({ ...finding, key: true }));
  });
}

/** `-metrics` must fit behind it into a Service's name. */
const longestWatched = 63 - '-metrics'.length;
