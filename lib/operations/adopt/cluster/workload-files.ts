import type { Container, PodSpec } from '../../../../imports/kubernetes/kinds';
import type { EditValue } from '../../../input/yaml-value';
import { type AdoptResolver, found, notFound, stateValue } from '../resolver';
import type { RunningNamespace } from './running-namespace';
import { findWorkload, statedWorkload } from './running-workload';
import { contractEdits } from './secret-variables';

/** Finds the keys of Secrets that a workload mounts as files. */
export const workloadFilesResolver: AdoptResolver<RunningNamespace> = {
  path: 'workloads.*.files',
  foundIn: "the volumes of Secrets that the workload's container mounts",
  command: (value) =>
    `kubectl get deployment ${statedWorkload(value).name} -n ${value.deployment.namespace} -o jsonpath='{.spec.template.spec.volumes}{.spec.template.spec.containers[0].volumeMounts}'`,
  find: async (value, namespace) => {
    const running = await findWorkload(value, namespace);
    if ('kind' in running) return running;
    const { name } = statedWorkload(value);
    const mounted = await mountedSecrets(running.workload.pod, running.container, namespace);
    if (mounted.length === 0) return found({ kind: 'remove', path: value.path });
    const empty = mounted.find(({ keys }) => keys.length === 0);
    if (empty !== undefined)
      return notFound(
        'missing',
        `${running.workload.name} mounts Secret ${empty.secret}, which does not exist or has no key`,
      );
    const other = mounted.find(({ keys, isRenamed }) => keys.length !== 1 || isRenamed);
    if (other !== undefined)
      return notFound(
        'unusable',
        `${running.workload.name} mounts ${other.keys.length} keys of Secret ${other.secret} at ${other.directory}${other.isRenamed ? ' under other names' : ''}; remove files, and add the volume under workloads.${name}.volumes (docs/pod-fields.md)`,
      );
    const files = mounted.map(({ volume, secret, keys: [key = ''], directory }): [string, EditValue] => [
      volume,
      { secret, key, directory },
    ]);
    return found(
      stateValue(value.path, Object.fromEntries(files)),
      ...mounted.flatMap(({ secret, keys: [key = ''] }) =>
        contractEdits(value.deployment, secret, key, name),
      ),
    );
  },
};

interface MountedSecret {
  readonly volume: string;
  readonly secret: string;
  readonly keys: readonly string[];
  readonly directory: string;
  /** Whether a file has a different name than its key, or only a part of the volume is mounted. */
  readonly isRenamed: boolean;
}

async function mountedSecrets(
  { volumes = [] }: PodSpec,
  { volumeMounts = [] }: Container,
  namespace: RunningNamespace,
): Promise<MountedSecret[]> {
  const found = await Promise.all(
    volumeMounts.map(async ({ name: volume = '', mountPath: directory = '', subPath }) => {
      const { secretName: secret, items } = volumes.find(({ name }) => name === volume)?.secret ?? {};
      if (secret === undefined) return [];
      const keys = items?.map(({ key = '' }) => key) ?? (await namespace.secretKeys(secret)) ?? [];
      const isRenamed = subPath !== undefined || (items ?? []).some(({ key, path }) => key !== path);
      return [{ volume, secret, keys, directory, isRenamed }];
    }),
  );
  return found.flat();
}
