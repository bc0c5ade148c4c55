import { parse } from 'yaml';
import {
  type AdoptResolver,
  ambiguous,
  found,
  type NotFound,
  notFound,
  type OpenValue,
  stateValue,
} from '../resolver';
import { agentName, fileOrigin, runningAgent } from './metrics-agent';
import type { RunningNamespace } from './running-namespace';
import { statedWorkload } from './running-workload';

/** Finds the path of a workload's metrics. */
export const metricsPathResolver: AdoptResolver<RunningNamespace> = {
  path: 'workloads.*.metrics.path',
  foundIn: "the `metrics_path` of the agent's scrape configuration",
  command: ({ deployment }) =>
    `kubectl get deployment ${agentName(deployment)} -n ${deployment.namespace} -o yaml, and the scrape configuration that the Deployment refers to`,
  find: async (value, namespace) => {
    const path = await scrapedPath(value, namespace);
    return typeof path === 'string' ? found(stateValue(value.path, path)) : path;
  },
};

/** A scrape job of a Prometheus configuration. The type has no credentials, so that nothing prints them. */
interface ScrapeJob {
  readonly job_name?: string;
  readonly metrics_path?: string;
  readonly static_configs?: readonly { readonly targets?: readonly string[] }[];
  readonly relabel_configs?: readonly ScrapeRelabeling[];
}

interface ScrapeRelabeling {
  readonly action?: string;
  readonly regex?: string;
  readonly source_labels?: readonly string[];
}

/** The path at which the agent scrapes a workload, or the reason why the path is unknown. */
export async function scrapedPath(value: OpenValue, namespace: RunningNamespace): Promise<string | NotFound> {
  const agent = await runningAgent(value, namespace);
  if ('kind' in agent) return agent;
  const { name } = statedWorkload(value);
  const [file] = agent.flags.get('promscrape.config') ?? [];
  if (file === undefined) return notFound('missing', `${agent.name} has no -promscrape.config`);
  const origin = fileOrigin(agent.pod, agent.container, file);
  if (origin?.configMap === undefined)
    return notFound(
      'unusable',
      `the scrape configuration ${file} of ${agent.name} does not come from a ConfigMap`,
    );
  const text = (await namespace.configMap(origin.configMap))?.[origin.key];
  if (text === undefined)
    return notFound('missing', `ConfigMap ${origin.configMap} has no key ${origin.key}`);
  const jobs = readJobs(text);
  if (jobs === undefined)
    return notFound('unusable', `${origin.key} of ConfigMap ${origin.configMap} is not YAML`);
  const own = jobs.filter((job) => scrapes(job, name));
  const paths = new Map(own.map(({ metrics_path = '/metrics', job_name = '' }) => [metrics_path, job_name]));
  const [path, ...others] = paths.keys();
  if (others.length > 0) return ambiguous([...paths].map(([each, job]) => `${each} (job ${job})`));
  return path ?? notFound('missing', `no scrape job of ConfigMap ${origin.configMap} selects ${name}`);
}

function readJobs(text: string): readonly ScrapeJob[] | undefined {
  try {
    const { scrape_configs: jobs = [] } = (parse(text) ?? {}) as { scrape_configs?: readonly ScrapeJob[] };
    return jobs;
  } catch {
    return undefined;
  }
}

/** Whether a scrape job selects a workload: by its name, by a target, or by a label that the job keeps. */
function scrapes({ job_name, static_configs = [], relabel_configs = [] }: ScrapeJob, name: string): boolean {
  const targets = static_configs.flatMap((each) => each.targets ?? []);
  const keeps = ({ action = 'replace', regex = '', source_labels = [] }: ScrapeRelabeling) =>
    action === 'keep' &&
    source_labels.some((label) =>
      /_(app|app_kubernetes_io_name|component|service_name|container_name)$/.test(label),
    ) &&
    regex.split(/[|;()]/).includes(name);
  return (
    job_name === name ||
    targets.some((target) => target.split(/[.:]/)[0] === name) ||
    relabel_configs.some(keeps)
  );
}
