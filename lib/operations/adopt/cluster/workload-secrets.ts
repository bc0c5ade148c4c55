import { isApplication } from '../../../deployment/config/schema/workloads';
import type { YamlEdit } from '../../../input/yaml-edit';
import { type AdoptResolver, found, type OpenValue, stateValue } from '../resolver';
import type { RunningNamespace } from './running-namespace';
import { findWorkload, runningName, statedWorkload } from './running-workload';
import { contractEdits, type SecretVariable, secretVariables } from './secret-variables';

/** The keys of Secrets that a workload reads as variables, and that the configuration does not state. */
export const workloadSecretsResolver: AdoptResolver<RunningNamespace> = {
  path: 'workloads.*.secrets.*.others',
  foundIn: "the variables of the workload's container that come from Secrets",
  command: (value) => {
    const { name, stated } = statedWorkload(value);
    const own = runningName(value.deployment.workloads, name, stated);
    return `kubectl set env deployment/${own.name} -n ${value.deployment.namespace} --list`;
  },
  find: async (value, namespace) => {
    const running = await findWorkload(value, namespace);
    if ('kind' in running) return running;
    const { name } = statedWorkload(value);
    const variables = await secretVariables(running.container, namespace);
    const added = variables.filter((each) => !isStated(value, each));
    const edits = added.flatMap((each) => [
      ...contractEdits(value.deployment, each.secret, each.key, name),
      ...variableEdits(name, each),
    ]);
    return found(...edits, ...keyEdits(value, name, added), { kind: 'remove', path: value.path });
  },
};

/** Other Secrets than that of the value count, too: the workload reads them as well. */
function isStated(value: OpenValue, { secret, key }: SecretVariable): boolean {
  const { stated } = statedWorkload(value);
  return isApplication(stated) && (stated.secrets?.[secret]?.keys.includes(key) ?? false);
}

function keyEdits({ deployment }: OpenValue, workload: string, added: readonly SecretVariable[]): YamlEdit[] {
  return [...new Set(added.map(({ secret }) => secret))].flatMap((secret): YamlEdit[] => {
    const keys = [...new Set(added.filter((each) => each.secret === secret).map(({ key }) => key))].sort();
    const path = ['workloads', workload, 'secrets', secret, 'keys'];
    return secretsOf(deployment, workload).includes(secret)
      ? keys.map((key) => ({ kind: 'append', path, value: key }))
      : [stateValue(path, keys)];
  });
}

/** A key becomes a variable of its own name. */
function variableEdits(workload: string, { name, key }: SecretVariable): YamlEdit[] {
  const path = ['workloads', workload, 'environment', name];
  return name === key ? [] : [stateValue(path, { compose: `$(${key})` })];
}

function secretsOf({ workloads }: OpenValue['deployment'], name: string): string[] {
  const workload = workloads[name];
  return workload !== undefined && isApplication(workload) ? Object.keys(workload.secrets ?? {}) : [];
}
