import { isUnresolved } from '../../../deployment/config/schema/unresolved';
import { containersOf } from '../../../deployment/config/schema/workloads';
import { type AdoptResolver, found, notFound } from '../resolver';
import type { RunningNamespace } from './running-namespace';
import { findContainer } from './running-workload';
import { contractEdits, secretVariables } from './secret-variables';

/** Finds the keys of a Secret that are not in the configuration and that a configured workload reads. */
export const secretOthersResolver: AdoptResolver<RunningNamespace> = {
  path: 'secrets.*.others',
  foundIn: "the Secret's keys (never its values) that a workload's container reads",
  command: ({ path, deployment: { namespace } }) => `kubectl describe secret ${path[1]} -n ${namespace}`,
  find: async ({ path, deployment }, namespace) => {
    const secret = String(path[1]);
    const keys = await namespace.secretKeys(secret);
    if (keys === undefined) return notFound('missing', `Secret ${secret} does not exist`);
    const readers = Object.entries(deployment.workloads).flatMap(([name, workload]) =>
      containersOf(workload)
        .filter(({ container }) => isUnresolved(container.secrets?.[secret]?.others))
        .map((each) => ({ name, place: ['workloads', name, ...each.path] })),
    );
    const edits = await Promise.all(
      readers.map(async ({ name, place }) => {
        const running = await findContainer(
          { path: [...place, 'secrets', secret, 'others'], deployment },
          namespace,
        );
        if ('kind' in running) return [];
        const variables = await secretVariables(running.container, namespace);
        return variables
          .filter((each) => each.secret === secret)
          .flatMap(({ key }) => contractEdits(deployment, secret, key, name));
      }),
    );
    return found(...edits.flat(), { kind: 'remove', path });
  },
};
