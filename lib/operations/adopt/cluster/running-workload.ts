import type { Container } from '../../../../imports/kubernetes/kinds';
import type { Workload } from '../../../deployment/config/schema/workloads';
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
