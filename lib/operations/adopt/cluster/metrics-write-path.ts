import { isUnresolved } from '../../../deployment/config/schema/unresolved';
import { type AdoptResolver, ambiguous, found, notFound, stateValue } from '../resolver';
import { agentName, runningAgent } from './metrics-agent';
import type { RunningNamespace } from './running-namespace';

/** Finds the path that the metrics agent writes to. */
export const metricsWritePathResolver: AdoptResolver<RunningNamespace> = {
  path: 'metrics.writePath',
  foundIn: "the path of the agent's `-remoteWrite.url`",
  command: ({ deployment }) =>
    `kubectl get deployment ${agentName(deployment)} -n ${deployment.namespace} -o jsonpath='{.spec.template.spec.containers[*].args}'`,
  find: async (value, namespace) => {
    const agent = await runningAgent(value, namespace);
    if ('kind' in agent) return agent;
    const stated = (agent.flags.get('remoteWrite.url') ?? []).flatMap((each) => each.split(/,(?=https?:)/));
    if (stated.length === 0) return notFound('missing', `${agent.name} has no -remoteWrite.url`);
    const urls = stated.map((each) => (URL.canParse(each) ? new URL(each) : undefined));
    const known = urls.filter((each) => each !== undefined);
    if (known.length < urls.length)
      return notFound(
        'unusable',
        `${agent.name} takes -remoteWrite.url from a variable; read the path from the variable`,
      );
    const { metrics, external = {} } = value.deployment;
    const host = metrics === undefined ? undefined : external[metrics.server]?.host;
    const own = known.filter((url) => isUnresolved(host) || url.hostname === host);
    if (own.length === 0)
      return notFound(
        'unusable',
        `${agent.name} writes to ${known.map(({ hostname }) => hostname).join(', ')}, but external.${metrics?.server}.host is a different host`,
      );
    // A query string may contain a token.
    if (own.some(({ search }) => search !== ''))
      return notFound(
        'unusable',
        `${agent.name} writes to a URL with a query string (not shown); a path has none`,
      );
    const paths = [...new Set(own.map(({ pathname }) => pathname))];
    const [path = ''] = paths;
    return paths.length > 1 ? ambiguous(paths) : found(stateValue(value.path, path));
  },
};
