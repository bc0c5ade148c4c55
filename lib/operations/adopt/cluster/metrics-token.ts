import { type AdoptResolver, found, notFound, stateValue } from '../resolver';
import { agentName, fileOrigin, type RunningAgent, runningAgent } from './metrics-agent';
import type { RunningNamespace } from './running-namespace';
import { contractEdits } from './secret-variables';

/** Finds the Secret with the token that the metrics agent sends to the server it writes to. */
export const metricsTokenResolver: AdoptResolver<RunningNamespace> = {
  path: 'metrics.token',
  foundIn: 'the Secret that the agent reads its bearer token from, through a file or a variable',
  command: ({ deployment }) =>
    `kubectl get deployment ${agentName(deployment)} -n ${deployment.namespace} -o jsonpath='{.spec.template.spec.containers[*].env}{.spec.template.spec.volumes}'`,
  find: async (value, namespace) => {
    const agent = await runningAgent(value, namespace);
    if ('kind' in agent) return agent;
    const origin = tokenOrigin(agent);
    if (origin === undefined) return notFound('missing', `${agent.name} sends no bearer token`);
    if (origin === 'text')
      return notFound(
        'unusable',
        `${agent.name} has its token in plain text (not shown); create a Secret with a new token, and revoke this token`,
      );
    const { secret, key } = origin;
    return found(
      stateValue(value.path, { secret, key }),
      ...contractEdits(value.deployment, secret, key, agentName(value.deployment) ?? ''),
    );
  },
};

interface TokenKey {
  readonly secret: string;
  readonly key: string;
}

/** Finds the origin of the token. `text` for a token that does not come from a Secret. */
function tokenOrigin({ flags, pod, container }: RunningAgent): TokenKey | 'text' | undefined {
  const [file] = flags.get('remoteWrite.bearerTokenFile') ?? [];
  if (file !== undefined) {
    const { secret, key = '' } = fileOrigin(pod, container, file) ?? {};
    return secret === undefined ? 'text' : { secret, key };
  }
  const [header = ''] = (flags.get('remoteWrite.headers') ?? []).filter((each) =>
    /authorization/i.test(each),
  );
  const [stated = header] = flags.get('remoteWrite.bearerToken') ?? [];
  // vmagent replaces %{NAME} with an environment variable, and reads a flag from the variable with the flag's
  // name, with `_` instead of dots.
  const variable = stated === '' ? 'remoteWrite_bearerToken' : /%\{(\w+)\}/.exec(stated)?.[1];
  const { value, valueFrom } = (container.env ?? []).find(({ name }) => name === variable) ?? {};
  const { name: secret, key } = valueFrom?.secretKeyRef ?? {};
  if (secret !== undefined && key !== undefined) return { secret, key };
  return stated === '' && value === undefined ? undefined : 'text';
}
