import { type AdoptResolver, ambiguous, found, notFound, stateValue } from '../resolver';
import { scrapedPath } from './metrics-path';
import type { RunningNamespace } from './running-namespace';
import { findWorkload, statedWorkload } from './running-workload';

/** Finds the histogram of request durations. */
export const latencyHistogramResolver: AdoptResolver<RunningNamespace> = {
  path: 'workloads.*.metrics.latencyHistogram',
  foundIn: "the histograms in the metrics of one of the workload's pods, read through the API server's proxy",
  command: (value) => {
    const { name } = statedWorkload(value);
    return `kubectl exec -n ${value.deployment.namespace} deployment/${name} -- wget -qO- localhost:${portOf(value)}/<path of the metrics> | grep _bucket`;
  },
  find: async (value, namespace) => {
    const running = await findWorkload(value, namespace);
    if ('kind' in running) return running;
    const { stated } = statedWorkload(value);
    const known = 'metrics' in stated ? stated.metrics?.path : undefined;
    const path = typeof known === 'string' ? known : await scrapedPath(value, namespace);
    if (typeof path !== 'string') return path;
    const [pod] = await namespace.pods(running.workload);
    if (pod === undefined) return notFound('missing', `no pod of ${running.workload.name} runs`);
    const place = `pod/${pod.metadata.name}:${portOf(value)}${path}`;
    const text = await namespace.metrics(pod.metadata.name, portOf(value), path);
    if (text === undefined) return notFound('missing', `${place} answers no metrics`);
    const names = histogramsOf(text).filter((each) => /seconds|duration|latency/.test(each));
    const ofRequests = names.filter((each) => /http|request/.test(each));
    const [name, ...others] = ofRequests.length > 0 ? ofRequests : names;
    if (others.length > 0) return ambiguous([name ?? '', ...others]);
    return name === undefined
      ? notFound('missing', `${place} has no histogram of request durations`)
      : found(stateValue(value.path, name));
  },
};

function portOf(value: Parameters<typeof statedWorkload>[0]): number {
  const { stated } = statedWorkload(value);
  return ('metrics' in stated ? stated.metrics?.port : undefined) ?? 0;
}

/** The names of histograms in Prometheus' text format, without `_bucket`. */
function histogramsOf(text: string): string[] {
  const names = [...text.matchAll(/^([a-zA-Z_:][\w:]*)_bucket\{/gm)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}
