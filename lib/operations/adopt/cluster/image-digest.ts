import { isUnresolved } from '../../../deployment/config/schema/unresolved';
import { type AdoptResolver, ambiguous, found, notFound, stateValue } from '../resolver';
import {
  type ContainerOfImage,
  containersOfImage,
  isSameRepository,
  readImage,
  workloadsOfImage,
} from './running-image';
import type { RunningNamespace } from './running-namespace';

/**
 * Finds the digest of an image that runs: the digest in the pod's image reference, or the digest that the nodes
 * report.
 */
export const imageDigestResolver: AdoptResolver<RunningNamespace> = {
  path: 'images.*.digest',
  foundIn: 'the image of the container, or the imageID that the nodes report',
  command: (value) =>
    `kubectl get pods -n ${value.deployment.namespace} -l app.kubernetes.io/name=${workloadsOfImage(value)[0]?.name ?? ''} -o jsonpath='{.items[*].status.containerStatuses[*].imageID}'`,
  find: async (value, namespace) => {
    const containers = await containersOfImage(value, namespace);
    if ('kind' in containers) return containers;
    const [, name = ''] = value.path;
    const stated = value.deployment.images[name]?.tag;
    const other = containers.find(
      ({ image }) => !isUnresolved(stated) && image.tag !== undefined && image.tag !== stated,
    );
    // A digest of another tag must not be locked for the configured tag.
    if (other !== undefined)
      return notFound(
        'unusable',
        `${other.workload.name} runs the tag ${other.image.tag}, but images.${name}.tag is a different tag`,
      );
    const digests = new Map((await Promise.all(containers.map((each) => digestsOf(each, namespace)))).flat());
    const [digest, ...others] = digests.keys();
    if (others.length > 0) return ambiguous([...digests].map(([each, place]) => `${each} (${place})`));
    if (digest !== undefined) return found(stateValue(value.path, digest));
    return notFound(
      'missing',
      `no pod of ${containers.map(({ workload }) => workload.name).join(', ')} runs`,
    );
  },
};

/** The digests that run, each with the object that has it. */
async function digestsOf(
  { workload, container, image }: ContainerOfImage,
  namespace: RunningNamespace,
): Promise<[string, string][]> {
  if (image.digest !== undefined) return [[image.digest, workload.name]];
  const pods = await namespace.pods(workload);
  return pods.flatMap(({ metadata, status }) =>
    [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].flatMap(
      ({ name, imageID = '' }): [string, string][] => {
        const running = readImage(imageID.replace(/^docker-pullable:\/\//, ''));
        const isOwn = name === container.name && isSameRepository(running.repository, image.repository);
        return isOwn && running.digest !== undefined ? [[running.digest, `pod/${metadata.name}`]] : [];
      },
    ),
  );
}
