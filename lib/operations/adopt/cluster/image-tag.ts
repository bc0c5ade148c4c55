import { isApplication } from '../../../deployment/config/schema/workloads';
import { type AdoptResolver, ambiguous, found, notFound, type OpenValue, stateValue } from '../resolver';
import { containersOfImage, workloadsOfImage } from './running-image';
import { controllerOf, type RunningNamespace } from './running-namespace';

/** Finds the tag of an image that runs. */
export const imageTagResolver: AdoptResolver<RunningNamespace> = {
  path: 'images.*.tag',
  foundIn: 'the image of the container that runs the repository',
  command: (value) => {
    const [{ name, kind } = { name: '', kind: 'WebService' as const }] = workloadsOfImage(value);
    const own = value.deployment.workloads[name];
    const isExtra = own !== undefined && 'image' in own && own.image !== value.path[1];
    const index = own !== undefined && isApplication(own) ? '0' : '*';
    const containers = isExtra ? 'initContainers[*]' : `containers[${index}]`;
    const controller = controllerOf(kind);
    const pod = controller === 'CronJob' ? '.spec.jobTemplate.spec.template.spec' : '.spec.template.spec';
    return `kubectl get ${controller.toLowerCase()} ${name} -n ${value.deployment.namespace} -o jsonpath='{${pod}.${containers}.image}'`;
  },
  find: async (value: OpenValue, namespace) => {
    const containers = await containersOfImage(value, namespace);
    if ('kind' in containers) return containers;
    const tags = new Map(
      containers.flatMap(({ image, workload }) =>
        image.tag === undefined ? [] : [[image.tag, workload.name]],
      ),
    );
    const [tag, ...others] = tags.keys();
    if (others.length > 0) return ambiguous([...tags].map(([each, name]) => `${each} (${name})`));
    if (tag !== undefined) return found(stateValue(value.path, tag));
    const [{ workload, image } = { workload: undefined, image: undefined }] = containers;
    return notFound(
      'unusable',
      `${workload?.name} runs ${image?.repository}@${image?.digest} without a tag; set the tag that was pushed with this digest`,
    );
  },
};
