/** The mounts of a container by volume name, in the form that the configuration and the props use. */
export interface NamedMounts {
  readonly files: Readonly<Record<string, { readonly directory: string }>>;
  readonly scratch: Readonly<Record<string, { readonly directory: string }>>;
  readonly volumes: Readonly<Record<string, { readonly directory: string }>>;
}

/** A second mount with the name or directory of an earlier mount. */
export interface MountClash {
  /**
   * Path of the second mount, such as `volumes` and `data`; if the directory is the same, followed by
   * `directory`.
   */
  readonly path: readonly string[];
  readonly value: string;
  /** Path of the earlier mount with the same name or directory. */
  readonly earlier: readonly string[];
}

/** Finds mounts with the same name or directory: the API server refuses them. */
export function mountClashes(mounts: NamedMounts): MountClash[] {
  const entries = (['files', 'scratch', 'volumes'] as const).flatMap((group) =>
    Object.entries(mounts[group]).map(([name, { directory }]) => ({ path: [group, name], name, directory })),
  );
  return [
    ...repeated(entries.map(({ path, name }) => ({ path, value: name }))),
    ...repeated(
      entries.map(({ path, directory }) => ({
        path: [...path, 'directory'],
        value: directory.replace(/(.)\/+$/, '$1'),
      })),
    ),
  ];
}

function repeated(entries: readonly Omit<MountClash, 'earlier'>[]): MountClash[] {
  const first = new Map<string, readonly string[]>();
  return entries.flatMap((entry) => {
    const earlier = first.get(entry.value);
    if (earlier === undefined) first.set(entry.value, entry.path);
    return earlier === undefined ? [] : [{ ...entry, earlier }];
  });
}
