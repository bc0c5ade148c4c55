import { isIPv4 } from 'node:net';

import { yamlText } from '../parts/yaml-text';
import type { PropProblem } from '../props-error';

/** Pods that a DNS name finds, or machines at fixed addresses, that answer with metrics. */
export type ScrapeTarget = ScrapedPods | ScrapedMachines;

interface ScrapedPods extends ScrapedEndpoint {
  /** The DNS name of a headless Service: it answers with the address of every pod. */
  readonly host: string;
  readonly machines?: undefined;
}

interface ScrapedMachines extends ScrapedEndpoint {
  /** IPv4 addresses by the machines' names. All that a machine emits has its name as the label `node`. */
  readonly machines: Readonly<Record<string, string>>;
  readonly host?: undefined;
}

interface ScrapedEndpoint {
  /** The label `job` of all that they emit: alert rules select by it. */
  readonly job: string;
  readonly port: number;
  /** The URL path of the metrics. There is no default: at a wrong one the target counts as down. */
  readonly path: string;
  /** @default http */
  readonly scheme?: 'http' | 'https';
  /** Such as `1m`. @default the agent's interval */
  readonly interval?: string;
}

/**
 * Prometheus' scrape configuration, as vmagent reads it: one job a target, its pods found by DNS, machines by their
 * addresses. The order in which the targets were written in changes nothing.
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

/** What vmagent would refuse, and what it would take and scrape in vain. */
export function targetProblems(targets: readonly ScrapeTarget[]): PropProblem[] {
  if (targets.length === 0) return [{ path: ['targets'], message: 'is empty; name what is to be watched' }];
  return targets.flatMap((target, index) => {
    const problem = (field: keyof ScrapeTarget, must: string) => ({
      path: ['targets', index, field],
      message: `is ${JSON.stringify(target[field])}; it must be ${must}`,
    });
    const { job, host, machines, port, path, interval } = target;
    const first = targets.findIndex((each) => each.job === job);
    return [
      ...(/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(job) ? [] : [problem('job', 'a-z, 0-9 and "-", such as api')]),
      ...(first === index ? [] : [problem('job', `another than that of targets.${first}`)]),
      ...(machines !== undefined || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(host)
        ? []
        : [problem('host', 'a DNS name alone')]),
      ...(machines === undefined || areAddresses(Object.values(machines))
        ? []
        : [problem('machines', 'IPv4 addresses by names, at least one')]),
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

const intervalForm = 'a number with s, m or h, such as 30s';

/** The label `cluster`, by which alert rules and dashboards select. */
export function clusterProblem(cluster: string): PropProblem | undefined {
  if (/^[A-Za-z0-9]([-._A-Za-z0-9]*[A-Za-z0-9])?$/.test(cluster)) return undefined;
  const message = `is "${cluster}"; it must be letters, digits, "-", "_" and ".", such as shop`;
  return { path: ['cluster'], message };
}

/** The problem of an interval that vmagent can't parse. */
export function intervalProblem(
  path: readonly (string | number)[],
  interval: string,
): PropProblem | undefined {
  if (isInterval(interval)) return undefined;
  return { path, message: `is ${JSON.stringify(interval)}; it must be ${intervalForm}` };
}
