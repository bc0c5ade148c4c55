import type { PodSpec, Volume } from '../../../../../imports/kubernetes/kinds';
import type { KubernetesObject } from '../../../../documents/kubernetes';
import type { Consequence } from '../../consequence';
import type { ChangedObject, Objects } from '../objects';

/** A mount path of a container whose data outlives the pod. */
interface Mount {
  readonly container: string;
  /** Such as `PersistentVolumeClaim shop/data`, or `/srv/data of the node`. */
  readonly data: string;
  readonly isClaim: boolean;
  readonly path: string;
  readonly below: string;
}

/**
 * Data that pods still mount, but under another path: the program starts without its data, and what it writes to the
 * old path is deleted with the pod.
 */
export function hiddenData(
  { name, before, after }: ChangedObject,
  base: Objects,
  head: Objects,
): Consequence[] {
  const [old, now] = [mountsOf(before, base), mountsOf(after, head)];
  const containers = new Set(containersOf(after, head).map((each) => each.name));
  return old.flatMap((mount): Consequence[] => {
    const others = now.filter(({ container }) => container === mount.container);
    const stays = others.some(
      (each) => each.data === mount.data && each.path === mount.path && each.below === mount.below,
    );
    if (stays || !containers.has(mount.container)) return [];
    // A claim that is no longer mounted at all is reported separately.
    if (mount.isClaim && now.every(({ data }) => data !== mount.data)) return [];
    const there = others.find(({ path }) => path === mount.path);
    const instead = there === undefined ? 'nothing' : there.data + there.below;
    return [
      {
        ...{ class: 'lost', side: 'kubernetes', object: name, field: 'spec.template.spec' },
        reason: `Container ${mount.container} has ${instead} at ${mount.path} instead of ${mount.data}${mount.below}: if the program still uses this path, it starts without its data, and what it writes may be deleted with the pod.`,
        wayOut: 'Before the apply, move the data, or make the program use the new path.',
      },
    ];
  });
}

function mountsOf(object: KubernetesObject, objects: Objects): Mount[] {
  const { volumes = [] } = podSpecIn(object, objects);
  const { namespace = 'default' } = object.metadata;
  const kept = new Map(volumes.flatMap((volume) => dataOf(volume, namespace)));
  return containersOf(object, objects).flatMap(({ name: container = '', volumeMounts = [] }) =>
    volumeMounts.flatMap(({ name = '', mountPath: path = '', subPath = '' }) => {
      const data = kept.get(name);
      return data === undefined
        ? []
        : [{ container, ...data, path, below: subPath === '' ? '' : `, in ${subPath}` }];
    }),
  );
}

/** The data of a volume that outlives the pod. Undefined for emptyDir, ConfigMaps and similar sources. */
function dataOf(
  { name = '', persistentVolumeClaim, hostPath, nfs }: Volume,
  namespace: string,
): [string, Pick<Mount, 'data' | 'isClaim'>][] {
  const claim = persistentVolumeClaim?.claimName;
  if (claim !== undefined)
    return [[name, { data: `PersistentVolumeClaim ${namespace}/${claim}`, isClaim: true }]];
  if (hostPath !== undefined) return [[name, { data: `${hostPath.path} of the node`, isClaim: false }]];
  return nfs === undefined ? [] : [[name, { data: `${nfs.path} of ${nfs.server}`, isClaim: false }]];
}

function containersOf(object: KubernetesObject, objects: Objects) {
  const { containers = [], initContainers = [] } = podSpecIn(object, objects);
  return [...initContainers, ...containers];
}

function podSpecIn(object: KubernetesObject, objects: Objects): PodSpec {
  return objects.manifests.pods.madeBy(object)?.spec ?? {};
}
