import { isDeepStrictEqual } from 'node:util';
import type { Container } from '../../../../imports/kubernetes/kinds';
import { extraContainersOf, type Workload } from '../../../deployment/config/schema/workloads';
import { type NotFound, notFound, type OpenValue } from '../resolver';
import { isSameRepository, readImage } from './running-image';
import { allContainers, type RunningNamespace, type RunningWorkload } from './running-namespace';

/** A workload of the configuration, with the object that runs it and the container of the workload. */
export interface FoundWorkload {
  readonly workload: RunningWorkload;
  readonly container: Container;
}

/** The workload in the path of an unresolved value. */
export function statedWorkload({ path, deployment }: OpenValue): { name: string; stated: Workload } {
  const name = String(path[1]);
  return { name, stated: deployment.workloads[name] as Workload };
}

/**
 * Finds the object that runs the workload of an unresolved value. For a migration, it is the workload with the
 * same image, because the migration's Job is deleted after a while and both need the same to start.
 */
export async function findWorkload(
  value: OpenValue,
  namespace: RunningNamespace,
): Promise<FoundWorkload | NotFound> {
  const { name, stated } = statedWorkload(value);
  const own = runningName(value.deployment.workloads, name, stated);
  const workload = await namespace.workload(own.name, own.kind);
  if (workload === undefined) return notFound('missing', `${own.name} does not run`);
  return { workload, container: ownContainer(value, workload) };
}

/**
 * Finds the container in the path of a value: the main container, or the sidecar or init container with the name
 * from the configuration.
 */
export async function findContainer(
  value: OpenValue,
  namespace: RunningNamespace,
): Promise<FoundWorkload | NotFound> {
  const running = await findWorkload(value, namespace);
  const [, , ...rest] = value.path;
  const extra = extraContainersOf(statedWorkload(value).stated).find(({ path }) =>
    isDeepStrictEqual(path, rest.slice(0, path.length)),
  );
  if ('kind' in running || extra === undefined) return running;
  const { name } = extra.container;
  const container = allContainers(running.workload.pod).find((each) => each.name === name);
  return container === undefined
    ? notFound('missing', `${running.workload.name} has no container ${name}`)
    : { ...running, container };
}

/** The name of a workload's objects in the cluster. */
export function runningName(
  workloads: OpenValue['deployment']['workloads'],
  name: string,
  stated: Workload,
): { name: string; kind: Workload['kind'] } {
  const twin =
    stated.kind === 'MigrationJob'
      ? Object.entries(workloads).find(
          ([, each]) => each.kind !== stated.kind && 'image' in each && each.image === stated.image,
        )
      : undefined;
  return twin === undefined ? { name, kind: stated.kind } : { name: twin[0], kind: twin[1].kind };
}

/** The container that runs the image of the workload, or the first one. */
function ownContainer(value: OpenValue, { pod }: RunningWorkload): Container {
  const { stated } = statedWorkload(value);
  const { repository } = ('image' in stated ? value.deployment.images[stated.image] : undefined) ?? {};
  const containers = allContainers(pod);
  const own = containers.find(
    ({ image = '' }) => repository !== undefined && isSameRepository(readImage(image).repository, repository),
  );
  return own ?? pod.containers?.[0] ?? {};
}
