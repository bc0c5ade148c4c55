/** A mount of a container, as the configuration and the props state it, by volume name. */
export interface NamedMounts {
  readonly files: Readonly<Record<string, { readonly directory: string }>>;
  readonly scratch: Readonly<Record<string, { readonly directory: string }>>;
  readonly volumes: Readonly<Record<string, { readonly directory: string }>>;
}

/** A name or directory that two mounts share. */
export interface MountClash {
  /** Path in the mounts: `files`, `scratch` or `volumes`, the volume, and `directory` if that is repeated. */
  readonly path: readonly string[];
  readonly value: string;
  /** Path of the first one. */
  readonly earlier: readonly string[];
}

/** The API server refuses two volumes with one name, and two mounts with one directory. */
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
