import type { Deployment } from '../schema/schema';
import { at, type ConfigFinding } from './finding';

/** An object whose name is derived from a workload must not have the name of another workload. */
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
      watched && name.length > longestScrapedName
        ? [
            at(
              ['workloads', name],
              `has ${name.length} characters, but the name of a workload with metrics can have at most ${longestScrapedName}; shorten the name`,
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

/** The Service name `<workload>-metrics` can have at most 63 characters. */
const longestScrapedName = 63 - '-metrics'.length;
