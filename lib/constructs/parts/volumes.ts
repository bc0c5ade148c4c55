import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { bytes, dataKey } from '../../documents/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';
import type { SecretSource } from './environment';
import { quantity } from './resources';

/** One key of a Secret, mounted as a file of that name. */
export interface SecretFile {
  readonly secret: SecretSource;
  readonly key: string;
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

/** Sizes that the API server would refuse, and keys that no Secret can have. */
export function mountProblems({ files = {}, scratch = {} }: Mounts): (PropProblem | undefined)[] {
  return [
    ...Object.entries(files).map(([name, { key }]) => ruleProblem(['files', name, 'key'], key, dataKey)),
    ...Object.entries(scratch).map(([name, { sizeLimit }]) =>
      ruleProblem(['scratch', name, 'sizeLimit'], sizeLimit, bytes),
    ),
  ];
}

function sorted<T>(entries: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}
