import { looksSecret } from '../../../kubernetes/secrecy';
import { type AdoptResolver, ambiguous, found, notFound, stateValue } from '../resolver';
import { isSameRepository, readImage } from './running-image';
import { allContainers, type RunningNamespace } from './running-namespace';
import { statedWorkload } from './running-workload';

/** Finds the command of a migration, from the Jobs that run its image. */
export const migrationCommandResolver: AdoptResolver<RunningNamespace> = {
  path: 'workloads.*.command',
  foundIn: 'the Jobs that run the image of the migration',
  command: ({ deployment: { namespace } }) =>
    `kubectl get jobs -n ${namespace} -o jsonpath="{.items[*].spec.template.spec.containers[*]['command','args']}"`,
  find: async (value, namespace) => {
    const { stated } = statedWorkload(value);
    const { repository = '' } = ('image' in stated ? value.deployment.images[stated.image] : undefined) ?? {};
    const containers = (await namespace.jobs()).flatMap(({ name, pod }) =>
      allContainers(pod)
        .filter(({ image = '' }) => isSameRepository(readImage(image).repository, repository))
        .map(({ command = [], args = [] }) => ({ name, command, args })),
    );
    const [newest] = containers;
    if (newest === undefined) return notFound('missing', `no Job in the namespace runs ${repository}`);
    const secret = containers.find(({ command, args }) => looksSecret([...command, ...args].join(' ')));
    if (secret !== undefined)
      return notFound('unusable', `${secret.name} has a secret in its command (not shown)`);
    const argsOnly = containers.find(({ command }) => command.length === 0);
    if (argsOnly !== undefined)
      return notFound(
        'unusable',
        `${argsOnly.name} sets only arguments (${argsOnly.args.join(' ')}) for the image's program; set the program and the arguments`,
      );
    const commands = new Map(
      containers.map(({ name, command, args }) => [JSON.stringify([...command, ...args]), name]),
    );
    return commands.size > 1
      ? ambiguous([...commands].map(([command, name]) => `${command} (${name})`))
      : found(stateValue(value.path, [...newest.command, ...newest.args]));
  },
};
