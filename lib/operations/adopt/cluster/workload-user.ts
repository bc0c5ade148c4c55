import { type AdoptResolver, ambiguous, found, notFound, type OpenValue, stateValue } from '../resolver';
import type { RunningNamespace } from './running-namespace';
import { type FoundWorkload, findWorkload, statedWorkload } from './running-workload';

/** Finds the user id that a workload runs as. */
export const workloadUserResolver: AdoptResolver<RunningNamespace> = {
  path: 'workloads.*.user',
  foundIn: "the uid of the workload's container, as the node reports it or as its securityContext sets it",
  command,
  find: async (value, namespace) => {
    const running = await findWorkload(value, namespace);
    if ('kind' in running) return running;
    const users = new Map(await usersOf(running, namespace));
    const [user, ...others] = users.keys();
    if (others.length > 0) return ambiguous([...users].map(([uid, place]) => `${uid} (${place})`));
    const { name } = running.workload;
    if (user === undefined)
      return notFound('missing', `${name} sets no uid, and no node reports one; run ${command(value)}`);
    // Root can open files of any owner, but a configured user can't.
    if (user === 0)
      return notFound(
        'unusable',
        `${name} runs as root (uid 0), which the namespace does not allow; set the user that owns the files of the workload (docs/adoption.md)`,
      );
    return found(stateValue(value.path, user));
  },
};

function command(value: OpenValue): string {
  const { name, stated } = statedWorkload(value);
  const { namespace } = value.deployment;
  const program = stated.kind === 'Redis' ? 'stat -c %u /data/appendonlydir' : 'id -u';
  return `kubectl exec -n ${namespace} deployment/${name} -- ${program}`;
}

/**
 * The user ids, each with the object that has it. The id that a node reports comes before the id in the pod's
 * securityContext.
 */
async function usersOf(
  { workload, container }: FoundWorkload,
  namespace: RunningNamespace,
): Promise<[number, string][]> {
  const reported = (await namespace.pods(workload)).flatMap(({ metadata, status }) =>
    (status?.containerStatuses ?? []).flatMap(({ name, user }): [number, string][] => {
      const uid = user?.linux?.uid;
      return name !== container.name || uid === undefined ? [] : [[uid, `pod/${metadata.name}`]];
    }),
  );
  const stated = container.securityContext?.runAsUser ?? workload.pod.securityContext?.runAsUser;
  if (reported.length > 0) return reported;
  return stated === undefined ? [] : [[stated, workload.name]];
}
