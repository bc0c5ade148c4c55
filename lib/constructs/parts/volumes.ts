import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { mountClashes } from '../../kubernetes/mounts';
import { bytes, containerPath, volumeName } from '../../kubernetes/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';
import { type SecretKey, secretKeyProblems } from './environment';
import { madeFrom } from './provenance';
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

export function mountedVolumes(props: Mounts): k8s.Volume[] {
  const { files = {}, scratch = {} } = props;
  return [
    ...sorted(files).map(([name, { secret, key }]) =>
      madeFrom({ name, secret: { secretName: secret.name, items: [{ key, path: key }] } }, props, [
        'files',
        name,
      ]),
    ),
    ...sorted(scratch).map(([name, { sizeLimit }]) =>
      madeFrom({ name, emptyDir: { sizeLimit: quantity(sizeLimit) } }, props, ['scratch', name]),
    ),
  ];
}

export function containerMounts(props: Mounts): k8s.VolumeMount[] {
  const { files = {}, scratch = {} } = props;
  return [
    ...sorted(files).map(([name, { directory }]) =>
      madeFrom({ name, mountPath: directory, readOnly: true }, props, ['files', name]),
    ),
    ...sorted(scratch).map(([name, { directory }]) =>
      madeFrom({ name, mountPath: directory }, props, ['scratch', name]),
    ),
  ];
}

/** What the API server would refuse, and keys that no Secret can have. */
export function mountProblems({ files = {}, scratch = {} }: Mounts): (PropProblem | undefined)[] {
  return [
    ...Object.entries(files).flatMap(([name, file]) => secretKeyProblems(['files', name], file)),
    ...Object.entries(scratch).map(([name, { sizeLimit }]) =>
      ruleProblem(['scratch', name, 'sizeLimit'], sizeLimit, bytes),
    ),
    ...Object.entries({ files, scratch }).flatMap(([group, mounts]) =>
      Object.entries(mounts).flatMap(([name, { directory }]) => [
        volumeName.allows(name)
          ? undefined
          : { path: [group, name], message: `can't be a volume; its name must be ${volumeName.right}` },
        ruleProblem([group, name, 'directory'], directory, containerPath),
      ]),
    ),
    ...mountClashes({ files, scratch }).map(({ path, value, earlier }) => ({
      path,
      message: `is ${value}, as ${earlier.join('.')} is; each must be its own`,
    })),
  ];
}

function sorted<T>(entries: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}
