import type { Json, KubernetesObject } from '../../../../documents/kubernetes';
import { namespaceOf } from '../../../../kubernetes/kinds';
import { describeObject, kindOf } from '../../../../kubernetes/objects/object-key';
import type { Reachability } from '../../../flows/reachability';
import { type Change, describeChange, describeValues } from '../../changes';
import type { Consequence } from '../../consequence';
import type { ChangedObject, ObjectChanges } from '../objects';
import { newRequiredData } from '../required-data';
import { podSpecOf, rolloutOf } from './rollout';
import type { StuckPods } from './stuck-pods';

const template = /^spec\.template\b/;

/** Kinds whose controllers replace running pods when the pod template changes. */
const rolling = ['Deployment', 'StatefulSet', 'DaemonSet'];

/**
 * The workloads that restart, the reason, and what is unavailable during the restart.
 *
 * @param refused the objects that the API server refuses: their pods do not restart
 * @param stuck the objects whose new pods never run
 * @param reachability the possible connections in the new output
 * @param unreached by workload: the Services that do not reach its old pods
 */
export function restarts(
  { base, head, changed, added }: ObjectChanges,
  refused: ReadonlySet<string>,
  stuck: ReadonlyMap<string, StuckPods>,
  reachability: () => Reachability,
  unreached: ReadonlyMap<string, readonly string[]>,
): Consequence[] {
  return [
    ...changed.flatMap((object): Consequence[] => {
      if (!rolling.includes(kindOf(object.after)) || refused.has(object.name)) return [];
      const found = object.changes.filter(({ path }) => template.test(path));
      const rollout = found.length === 0 ? undefined : rolloutOf(object, head);
      if (rollout === undefined) return [];
      const causes = found.map((change) => causeOf(change, object, { base, head }));
      const waiting = rollout.hasGap ? clientsOf(object.name, reachability()) : [];
      const services = unreached.get(object.name) ?? [];
      const late = services.length === 0 ? '' : ` ${services.join(', ')} does not reach the old pods.`;
      const asked =
        waiting.length === 0 ? '' : ` Meanwhile the workload does not answer ${waiting.join(', ')}.`;
      const sentence = stuck.get(object.name)?.meanwhile ?? rollout.sentence;
      return [
        {
          ...{ class: 'restarts', side: 'kubernetes', object: object.name },
          field: found[0]?.path ?? '',
          reason: `${causes.length > 3 ? `${causes.slice(0, 3).join('; ')}; and ${causes.length - 3} more` : causes.join('; ')}. ${sentence}${late}${asked}`,
          wayOut: newRequiredData(object, base, head),
        },
      ];
    }),
    ...added.filter((object) => kindOf(object) === 'Job').map(runs),
  ];
}

/** Reports a new Job, which runs as soon as it is applied. */
function runs(job: KubernetesObject): Consequence {
  const [container] = podSpecOf(job).containers ?? [];
  return {
    ...{ class: 'restarts', side: 'kubernetes', object: describeObject(job), field: '' },
    reason: `The Job is new and runs once, as soon as it is applied${container?.image === undefined ? '' : `: ${container.image}`}.`,
    wayOut: '',
  };
}

/** The changed field. For a checksum or revision annotation: the change in the object that it covers. */
function causeOf(
  change: Change,
  { after }: ChangedObject,
  { base, head }: Pick<ObjectChanges, 'base' | 'head'>,
): string {
  const [, kind, name] = /\["(checksum|revision)\/([^"]+)"\]$/.exec(change.path) ?? [];
  if (kind === 'revision')
    return `the revision of Secret ${name} ${describeValues(change.before, change.after)}`;
  if (kind === 'checksum' && name !== undefined) {
    const [old, now] = [base, head].map((objects) =>
      dataOf(objects.manifests.find('ConfigMap', namespaceOf(after), name)),
    );
    const keys = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])].filter(
      (key) => old?.[key] !== now?.[key],
    );
    if (keys.length > 0) return `ConfigMap ${name}: ${keys.sort().join(', ')}`;
  }
  const cause = describeChange({
    ...change,
    path: change.path.replace(template, '').replace(/^\.(spec\.)?/, ''),
  });
  const major = change.path.endsWith('.image') ? majorChange(change.before, change.after) : undefined;
  return major === undefined ? cause : `${cause} (${major})`;
}

/** Such as `a new major version: 7 -> 8`, if only the tag of the image changes. */
function majorChange(before: Json | undefined, after: Json | undefined): string | undefined {
  const [old, now] = [before, after].map((image) => versionOf(String(image)));
  if (old === undefined || now === undefined || old.repository !== now.repository) return undefined;
  if (old.major === now.major) return undefined;
  return now.major > old.major
    ? `a new major version: ${old.major} -> ${now.major}. The new version may be unable to read the data or settings of the old version, and the old version may be unable to read new data: back up first`
    : `an older major version: ${old.major} -> ${now.major}. The older version may be unable to read data that the newer version wrote`;
}

/**
 * The repository and the major version of an image, such as 7 for the tag `7.2-alpine` or 1 for `v1.34.6`. Numbers of
 * more than four digits are dates or hashes.
 */
function versionOf(image: string): { readonly repository: string; readonly major: number } | undefined {
  const [, repository = '', major] = /^(.+?):v?(\d{1,4})(?![0-9a-zA-Z])[^/@]*(?:@.*)?$/.exec(image) ?? [];
  return major === undefined ? undefined : { repository, major: Number(major) };
}

function dataOf(object: KubernetesObject | undefined): Readonly<Record<string, unknown>> {
  return (object?.['data'] ?? {}) as Readonly<Record<string, unknown>>;
}

/** The clients that get no answer while a workload is down: pods that may connect to it. */
function clientsOf(workload: string, { connections, cluster }: Reachability): string[] {
  const clients = connections.flatMap(({ from, to }) =>
    from.kind === 'pods' && to.kind === 'pods' && to.pods.some((pod) => pod.workload === workload)
      ? from.pods.flatMap((pod) => (pod.workload === workload ? [] : (pod.workload ?? [])))
      : [],
  );
  const names = new Map(cluster.workloads.map(({ object, name }) => [object, name]));
  return [...new Set(clients.map((client) => names.get(client) ?? client))].sort();
}
