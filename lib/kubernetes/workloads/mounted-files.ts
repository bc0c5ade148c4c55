import type { Manifests } from '../manifests';
import type { Pod } from './pods';

/** A file that a pod mounts from a ConfigMap in the manifests. */
export interface MountedFile {
  readonly configMap: string;
  readonly key: string;
  readonly text: string;
}

/** The files that the containers of a pod mount from ConfigMaps in the manifests. */
export function mountedFiles({ spec, namespace }: Pod, manifests: Manifests): MountedFile[] {
  const sources = (spec.volumes ?? []).flatMap(({ configMap, projected }) => [
    ...(configMap === undefined ? [] : [configMap]),
    ...(projected?.sources ?? []).flatMap((source) => source.configMap ?? []),
  ]);
  return sources.flatMap(({ name = '', items }) => {
    const data = manifests.typed('ConfigMap', namespace, name)?.data ?? {};
    const keys = items?.map(({ key = '' }) => key) ?? Object.keys(data);
    return keys.flatMap((key) => {
      const text = data[key];
      return text === undefined ? [] : [{ configMap: name, key, text }];
    });
  });
}
