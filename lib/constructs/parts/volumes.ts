import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { bytes, containerPath, volumeName } from '../../documents/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';
import { type SecretKey, secretKeyProblems } from './environment';
import { quantity } from './resources';

/** One key of a Secret, mounted as a file of that name. */
export interface SecretFile extends SecretKey {
  /** The directory that the file appears in; nothing else of the image is visible there. */
  readonly directory: string;
}

/** A directory that can be written, gone with the pod. */
export interface Scratch {
  readonly directory: string;
  /** A Kubernetes quantity. A pod that writes more is evicted, so that it can't fill the node's disk. */
  readonly sizeLimit: string;
}

/** What a container can read and write beside its image, by the volume's name. */
export interface Mounts {
  /** @default none */
  readonly files?: Readonly<Record<string, SecretFile>>;
  /** The root file system is read-only: what the program writes to must stand here. @default none */
  readonly scratch?: Readonly<Record<string, Scratch>>;
}

export function volumes({ files = {}, scratch = {} }: Mounts): k8s.Volume[] {
  return [
    ...sorted(files).map(([name, { secret, key }]) => ({
      name,
      secret: { secretName: secret.name, items: [{ key, path: key }] },
    })),
    ...sorted(scratch).map(([name, { sizeLimit }]) => ({
      name,
      emptyDir: { sizeLimit: quantity(sizeLimit) },
    })),
  ];
}

export function volumeMounts({ files = {}, scratch = {} }: Mounts): k8s.VolumeMount[] {
  return [
    ...sorted(files).map(([name, { directory }]) => ({ name, mountPath: directory, readOnly: true })),
    ...sorted(scratch).map(([name, { directory }]) => ({ name, mountPath: directory })),
  ];
}

/** What the API server would refuse, and keys that no Secret can have. */
export function mountProblems({ files = {}, scratch = {} }: Mounts): (PropProblem | undefined)[] {
  return [
    ...Object.entries(files).flatMap(([name, file]) => secretKeyProblems(['files', name], file)),
    ...Object.entries(scratch).map(([name, { sizeLimit }]) =>
      ruleProblem(['scratch', name, 'sizeLimit'], sizeLimit, bytes),
    ),
    ...placeProblems({ files, scratch }),
  ];
}

/** The API server refuses two volumes of one name, and two mounts of one directory. */
function placeProblems({ files = {}, scratch = {} }: Mounts): PropProblem[] {
  const names = new Map<string, string>();
  const directories = new Map<string, string>();
  const entries = [
    ...Object.entries(files).map(([name, { directory }]) => ({ group: 'files', name, directory })),
    ...Object.entries(scratch).map(([name, { directory }]) => ({ group: 'scratch', name, directory })),
  ];
  return entries.flatMap(({ group, name, directory }) => {
    const place = directory.replace(/(.)\/+$/, '$1');
    const found: (PropProblem | undefined)[] = [
      volumeName.allows(name)
        ? undefined
        : { path: [group, name], message: `can't be a volume; its name must be ${volumeName.right}` },
      repeated([group, name], name, names.get(name)),
      ruleProblem([group, name, 'directory'], directory, containerPath) ??
        repeated([group, name, 'directory'], directory, directories.get(place)),
    ];
    names.set(name, `${group}.${name}`);
    directories.set(place, `${group}.${name}.directory`);
    return found.filter((problem) => problem !== undefined);
  });
}

function repeated(path: readonly string[], value: string, earlier: string | undefined) {
  if (earlier === undefined) return undefined;
  return { path, message: `is ${value}, as ${earlier} is; each must be its own` };
}

function sorted<T>(entries: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}
