import { isDeepStrictEqual } from 'node:util';
import type { Container } from '../../../../imports/kubernetes/kinds';
import { extraContainersOf, type Workload } from '../../../deployment/config/schema/workloads';
import { type NotFound, notFound, type OpenValue } from '../resolver';
import { isSameRepository, readImage } from './running-image';
import { allContainers, type RunningNamespace, type RunningWorkload } from './running-namespace';

/** A workload of the configuration, what runs it, and its own container. */
export interface FoundWorkload {
  readonly workload: RunningWorkload;
  readonly container: Container;
}

/** The workload that the path of an open value names. */
export function statedWorkload({ path, deployment }: OpenValue): { name: string; stated: Workload } {
  const name = String(path[1]);
  return { name, stated: deployment.workloads[name] as Workload };
}

/**
 * What runs the workload of an open value. A migration has no object that stays: it is the workload that runs the same image, and needs
 * the same to start.
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
 * The container that a path below a workload names: the main one, or the sidecar or init container that has the same name as in the
 * configuration.
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

/** The name under which a workload runs. */
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
