import type { Container } from '../../../../imports/kubernetes/kinds';
import { imageReferences } from '../../../deployment/config/schema/workloads';
import { registryRepository } from '../../registry/repository';
import { type NotFound, notFound, type OpenValue } from '../resolver';
import { allContainers, type RunningNamespace, type RunningWorkload } from './running-namespace';

/** The image reference of a pod: `redis:7-alpine@sha256:…`. */
export interface RunningImage {
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Parses an image reference. In `localhost:5000/api`, the port is not a tag. */
export function readImage(reference: string): RunningImage {
  const [rest = '', digest] = reference.split('@');
  const [, repository = rest, tag] = /^(.*?)(?::([^/:]+))?$/.exec(rest) ?? [];
  return { repository, tag, digest };
}

/** Whether two names mean the same repository, such as `redis` and `docker.io/library/redis`. */
export function isSameRepository(one: string, other: string): boolean {
  const [a, b] = [registryRepository(one), registryRepository(other)];
  return a.origin === b.origin && a.name === b.name;
}

/** A container that runs an image of the configuration. */
export interface ContainerOfImage {
  readonly workload: RunningWorkload;
  readonly container: Container;
  readonly image: RunningImage;
}

/**
 * The workloads of the configuration that use an image. A migration comes last, because its Job is deleted after a
 * while.
 */
export function workloadsOfImage({ path, deployment }: OpenValue) {
  const [, image] = path;
  return Object.entries(deployment.workloads)
    .filter(([, workload]) => imageReferences(workload).some((each) => each.image === image))
    .map(([name, { kind }]) => ({ name, kind }))
    .sort((a, b) => Number(a.kind === 'MigrationJob') - Number(b.kind === 'MigrationJob'));
}

/** The containers that run the image of an unresolved value, or the reason why there are none. */
export async function containersOfImage(
  value: OpenValue,
  namespace: RunningNamespace,
): Promise<readonly ContainerOfImage[] | NotFound> {
  const [, name = ''] = value.path;
  const { repository = '' } = value.deployment.images[name] ?? {};
  const users = workloadsOfImage(value);
  const running = (await Promise.all(users.map((user) => namespace.workload(user.name, user.kind)))).filter(
    (each) => each !== undefined,
  );
  if (running.length === 0) {
    const objects = users.map((user) => user.name).join(', ');
    return notFound('missing', objects === '' ? 'no workload uses the image' : `${objects} does not run`);
  }
  const containers = running.flatMap((workload) =>
    allContainers(workload.pod).map((container) => ({
      ...{ workload, container },
      image: readImage(container.image ?? ''),
    })),
  );
  const own = containers.filter(({ image }) => isSameRepository(image.repository, repository));
  if (own.length > 0) return own;
  const others = [...new Set(containers.map(({ image }) => image.repository))].join(', ');
  return notFound(
    'unusable',
    `${running.map((each) => each.name).join(', ')} runs ${others}, but images.${name}.repository is ${repository}`,
  );
}
