import { isUnresolved } from '../../../deployment/config/schema/unresolved';
import { isApplication } from '../../../deployment/config/schema/workloads';
import { type AdoptResolver, found, notFound } from '../resolver';
import type { RunningNamespace } from './running-namespace';
import { findWorkload } from './running-workload';
import { contractEdits, secretVariables } from './secret-variables';

/** The keys of a Secret that the configuration does not state, as far as a described workload reads them. */
export const secretOthersResolver: AdoptResolver<RunningNamespace> = {
  path: 'secrets.*.others',
  foundIn: "the Secret's keys (never its values) that a workload's container reads",
  command: ({ path, deployment: { namespace } }) => `kubectl describe secret ${path[1]} -n ${namespace}`,
  find: async ({ path, deployment }, namespace) => {
    const secret = String(path[1]);
    const keys = await namespace.secretKeys(secret);
    if (keys === undefined) return notFound('missing', `Secret ${secret} does not exist`);
    const readers = Object.entries(deployment.workloads).flatMap(([name, workload]) =>
      isApplication(workload) && isUnresolved(workload.secrets?.[secret]?.others) ? [name] : [],
    );
    const edits = await Promise.all(
      readers.map(async (name) => {
        const running = await findWorkload({ path: ['workloads', name], deployment }, namespace);
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
