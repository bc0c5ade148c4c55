/** What a container mounts, as the configuration and the constructs state it: by the volume's name. */
export interface NamedMounts {
  readonly files: Readonly<Record<string, { readonly directory: string }>>;
  readonly scratch: Readonly<Record<string, { readonly directory: string }>>;
  readonly volumes: Readonly<Record<string, { readonly directory: string }>>;
}

/** Something that two mounts may not share, and do. */
export interface MountClash {
  /** Within the mounts: `files`, `scratch` or `volumes`, the volume, and `directory` where that is it. */
  readonly path: readonly string[];
  readonly value: string;
  /** Where it stands first. */
  readonly earlier: readonly string[];
}

/** The API server refuses two volumes of one name, and two mounts of one directory. */
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
