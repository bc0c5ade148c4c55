import { isIPv4 } from 'node:net';

import { yamlText } from '../parts/yaml-text';
import type { PropProblem } from '../props-error';

/** Targets that serve metrics: pods behind a DNS name, or machines with fixed addresses. */
export type ScrapeTarget = ScrapedPods | ScrapedMachines;

interface ScrapedPods extends ScrapedEndpoint {
  /** The DNS name of a headless Service, which resolves to the addresses of all pods. */
  readonly host: string;
  readonly machines?: undefined;
}

interface ScrapedMachines extends ScrapedEndpoint {
  /**
   * The IPv4 address of each machine, by machine name. All metrics of a machine have its name as the label
   * `node`.
   */
  readonly machines: Readonly<Record<string, string>>;
  readonly host?: undefined;
}

interface ScrapedEndpoint {
  /** The value of the label `job` on the metrics of the target. Alert rules select by this label. */
  readonly job: string;
  readonly port: number;
  /**
   * The URL path of the metrics. There is no default, because the target counts as down if the path is wrong.
   */
  readonly path: string;
  /** @default http */
  readonly scheme?: 'http' | 'https';
  /** How often the target is scraped, such as `1m`. @default the agent's interval */
  readonly interval?: string;
}

/**
 * The Prometheus scrape configuration for vmagent, with one scrape job for each target. Pods are found by
 * DNS; machines have static addresses. The result does not depend on the order of the targets.
 *
 * @see https://docs.victoriametrics.com/victoriametrics/sd_configs/#dns_sd_configs
 */
export function scrapeConfig(targets: readonly ScrapeTarget[], cluster: string, interval: string): string {
  const config = {
    global: { scrape_interval: interval, external_labels: { cluster } },
    scrape_configs: [...targets].sort((a, b) => (a.job < b.job ? -1 : 1)).map(scrapeJob),
  };
  return yamlText(config, { lineWidth: 0, compat: 'yaml-1.1' });
}

function scrapeJob({ job, host, machines, port, path, scheme, interval }: ScrapeTarget): object {
  return {
    job_name: job,
    ...(interval !== undefined && { scrape_interval: interval }),
    ...(scheme !== undefined && { scheme }),
    metrics_path: path,
    ...(machines === undefined
      ? { dns_sd_configs: [{ names: [host], type: 'A', port }] }
      : {
          static_configs: Object.entries(machines)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([node, address]) => ({ targets: [`${address}:${port}`], labels: { node } })),
        }),
  };
}

/** Reports values that vmagent refuses, and values with which vmagent would scrape nothing. */
export function targetProblems(targets: readonly ScrapeTarget[]): PropProblem[] {
  if (targets.length === 0) return [{ path: ['targets'], message: 'is empty; add at least one target' }];
  return targets.flatMap((target, index) => {
    const problem = (field: keyof ScrapeTarget, must: string) => ({
      path: ['targets', index, field],
      message: `is ${JSON.stringify(target[field])}; it must be ${must}`,
    });
    const { job, host, machines, port, path, interval } = target;
    const first = targets.findIndex((each) => each.job === job);
    return [
      ...(/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(job)
        ? []
        : [problem('job', 'a name of a-z, 0-9 and "-", such as api')]),
      ...(first === index ? [] : [problem('job', `different from the job of targets.${first}`)]),
      ...(machines !== undefined || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host)
        ? []
        : [problem('host', 'only a DNS name')]),
      ...(machines === undefined || areAddresses(Object.values(machines))
        ? []
        : [problem('machines', 'a map from machine names to IPv4 addresses, with at least one entry')]),
      ...(Number.isInteger(port) && port >= 1 && port <= 65_535 ? [] : [problem('port', 'from 1 to 65535')]),
      ...(/^\/[^\s?#]*$/.test(path) ? [] : [problem('path', 'a URL path that begins with "/"')]),
      ...(interval === undefined || isInterval(interval) ? [] : [problem('interval', intervalForm)]),
    ];
  });
}

function areAddresses(texts: readonly string[]): boolean {
  return texts.length > 0 && texts.every(isIPv4);
}

function isInterval(text: string): boolean {
  return /^[1-9]\d*(s|m|h)$/.test(text);
}

const intervalForm = 'a whole number with the unit s, m or h, such as 30s';

/** Checks the value of the label `cluster`, by which alert rules and dashboards select. */
export function clusterProblem(cluster: string): PropProblem | undefined {
  if (/^[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?$/.test(cluster)) return undefined;
  const message = `is "${cluster}"; it must consist of letters, digits, "-", "_" and ".", such as shop`;
  return { path: ['cluster'], message };
}

/** Reports an interval that vmagent can't parse. */
export function intervalProblem(
  path: readonly (string | number)[],
  interval: string,
): PropProblem | undefined {
  if (isInterval(interval)) return undefined;
  return { path, message: `is ${JSON.stringify(interval)}; it must be ${intervalForm}` };
}
