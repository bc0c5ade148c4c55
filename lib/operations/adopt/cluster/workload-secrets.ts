import { containersOf } from '../../../deployment/config/schema/workloads';
import type { Path } from '../../../input/source';
import type { YamlEdit } from '../../../input/yaml-edit';
import { type AdoptResolver, found, type OpenValue, stateValue } from '../resolver';
import { controllerOf, type RunningNamespace } from './running-namespace';
import { findContainer, runningName, statedWorkload } from './running-workload';
import { contractEdits, type SecretVariable, secretVariables } from './secret-variables';

/** Finds the keys of Secrets that a workload reads as environment variables and that are not in the configuration. */
export const workloadSecretsResolver = secretsResolver('', "the workload's container");
export const initContainerSecretsResolver = secretsResolver(
  'initContainers.*.',
  'the init container of that name',
);
export const sidecarSecretsResolver = secretsResolver('sidecars.*.', 'the sidecar of that name');

/** @param container the container's path in a workload, with a dot at the end; empty for the main container */
function secretsResolver(container: string, called: string): AdoptResolver<RunningNamespace> {
  return {
    path: `workloads.*.${container}secrets.*.others`,
    foundIn: `the variables of ${called} that come from Secrets`,
    command: (value) => {
      const { name, stated } = statedWorkload(value);
      const own = runningName(value.deployment.workloads, name, stated);
      return `kubectl set env ${controllerOf(own.kind).toLowerCase()}/${own.name} -n ${value.deployment.namespace} --list`;
    },
    find: async (value, namespace) => {
      const running = await findContainer(value, namespace);
      if ('kind' in running) return running;
      const { name } = statedWorkload(value);
      const stated = secretsOf(value);
      const variables = await secretVariables(running.container, namespace);
      // Variables from other Secrets are added too, because the container also reads them.
      const added = variables.filter(({ secret, key }) => !(stated[secret]?.keys.includes(key) ?? false));
      const place = value.path.slice(0, -3);
      const edits = added.flatMap((each) => [
        ...contractEdits(value.deployment, each.secret, each.key, name),
        ...variableEdits(place, each),
      ]);
      return found(...edits, ...keyEdits(place, stated, added), { kind: 'remove', path: value.path });
    },
  };
}

type StatedSecrets = Readonly<Record<string, { readonly keys: readonly string[] }>>;

/** The Secrets of the container in the path of a value. */
function secretsOf(value: OpenValue): StatedSecrets {
  const [, , ...rest] = value.path.slice(0, -3);
  const own = containersOf(statedWorkload(value).stated).find(({ path }) => path.join() === rest.join());
  return own?.container.secrets ?? {};
}

function keyEdits(place: Path, stated: StatedSecrets, added: readonly SecretVariable[]): YamlEdit[] {
  return [...new Set(added.map(({ secret }) => secret))].flatMap((secret): YamlEdit[] => {
    const keys = [...new Set(added.filter((each) => each.secret === secret).map(({ key }) => key))].sort();
    const path = [...place, 'secrets', secret, 'keys'];
    return secret in stated
      ? keys.map((key) => ({ kind: 'append', path, value: key }))
      : [stateValue(path, keys)];
  });
}

/** A key becomes a variable with the name of the key. */
function variableEdits(place: Path, { name, key }: SecretVariable): YamlEdit[] {
  return name === key ? [] : [stateValue([...place, 'environment', name], { compose: `$(${key})` })];
}
