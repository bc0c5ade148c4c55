import type * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { mountClashes } from '../../kubernetes/mounts';
import {
  bytes,
  containerPath,
  objectName,
  oneOf,
  pathInVolume,
  volumeName,
} from '../../kubernetes/value-rule';
import {
  flagField,
  groupField,
  kubernetesField,
  mapField,
  optional,
  required,
  textField,
} from '../fields/field';
import { fieldsProblems } from '../fields/field-problems';
import { type PropProblem, ruleProblem } from '../props-error';
import { type SecretKey, secretKeyProblems } from './environment';
import { madeFrom } from './provenance';
import { quantity } from './resources';

/** A key of a Secret, mounted as a file with the name of the key. */
export interface SecretFile extends SecretKey {
  /** The directory of the file. The mount hides the files that the image has in this directory. */
  readonly directory: string;
}

/** A writable directory that is deleted with the pod. */
export interface Scratch {
  readonly directory: string;
  /** A Kubernetes quantity. A pod that writes more is evicted, which protects the node's disk. */
  readonly sizeLimit: string;
}

/** Keys of a ConfigMap or a Secret as the files of a volume. */
export interface KeysVolume {
  readonly name: string;
  /**
   * The keys to mount and the path of each file, as `items` in the Kubernetes API. @default every key, as a
   * file with the name of the key
   */
  readonly items?: readonly k8s.KeyToPath[];
}

/** A volume and its mount. Set exactly one source. For a source that is not listed here, use a patch. */
export interface MountedVolume {
  /** The directory where the volume is mounted. */
  readonly directory: string;
  /** Whether the container can only read it. @default volumes of a ConfigMap, a Secret or `projected` are read-only, others are not */
  readonly readOnly?: boolean;
  /** A path within the volume that is mounted instead of its root. @default the root */
  readonly subPath?: string;
  /** A directory that is deleted with the pod, on the node's disk or in its memory. */
  readonly emptyDir?: { readonly sizeLimit: string; readonly medium?: string };
  /** A ConfigMap. After a change, the kubelet updates the files within about a minute, without a restart. */
  readonly configMap?: KeysVolume;
  /** A Secret. After a change, the kubelet updates the files within about a minute, without a restart. */
  readonly secret?: KeysVolume;
  /** The name of a PersistentVolumeClaim that exists. */
  readonly claim?: string;
  /** Several sources in one directory, as `projected` in the Kubernetes API. */
  readonly projected?: k8s.ProjectedVolumeSource;
}

const keysVolume = groupField<KeysVolume>({
  name: required(textField(objectName)),
  items: optional(kubernetesField('KeyToPath[]', 'spec', 'volumes', 'configMap', 'items')),
});

const volumeField = groupField<MountedVolume>({
  directory: required(textField(containerPath)),
  readOnly: optional(flagField),
  subPath: optional(textField(pathInVolume)),
  emptyDir: optional(
    groupField<NonNullable<MountedVolume['emptyDir']>>({
      sizeLimit: required(textField(bytes)),
      medium: optional(textField(oneOf(['Memory']))),
    }),
  ),
  configMap: optional(keysVolume),
  secret: optional(keysVolume),
  claim: optional(textField(objectName)),
  projected: optional(kubernetesField('ProjectedVolumeSource', 'spec', 'volumes', 'projected')),
});

export const volumesField = mapField(volumeName, volumeField);

const sources = ['emptyDir', 'configMap', 'secret', 'claim', 'projected'] as const;

/** Reports a volume that does not have exactly one source. */
export function sourceProblem(
  volume: Partial<Record<(typeof sources)[number], unknown>>,
): string | undefined {
  const stated = sources.filter((source) => volume[source] !== undefined);
  if (stated.length === 1) return undefined;
  return `has ${stated.join(' and ') || 'no source'}; it must have exactly one of ${sources.join(', ')}`;
}

/** The volumes and files of a container, by the volume's name. */
export interface Mounts {
  /** @default none */
  readonly files?: Readonly<Record<string, SecretFile>>;
  /**
   * Writable directories. The root file system is read-only, so list every directory that the program writes
   * to. @default none
   */
  readonly scratch?: Readonly<Record<string, Scratch>>;
  /** Volumes with other sources, by name. @default none */
  readonly volumes?: Readonly<Record<string, MountedVolume>>;
}

/** The names of the pod's volumes. */
export function volumeNames({ files = {}, scratch = {}, volumes = {} }: Mounts): string[] {
  return Object.keys({ ...files, ...scratch, ...volumes });
}

export function mountedVolumes(props: Mounts): k8s.Volume[] {
  const { files = {}, scratch = {}, volumes = {} } = props;
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
    ...sorted(volumes).map(([name, volume]) =>
      madeFrom({ name, ...volumeSource(volume) }, props, ['volumes', name]),
    ),
  ];
}

function volumeSource({ emptyDir, configMap, secret, claim, projected }: MountedVolume): Partial<k8s.Volume> {
  const items = (keys: KeysVolume) => (keys.items === undefined ? {} : { items: [...keys.items] });
  return {
    ...(emptyDir !== undefined && {
      emptyDir: {
        sizeLimit: quantity(emptyDir.sizeLimit),
        ...(emptyDir.medium !== undefined && { medium: emptyDir.medium }),
      },
    }),
    ...(configMap !== undefined && { configMap: { name: configMap.name, ...items(configMap) } }),
    ...(secret !== undefined && { secret: { secretName: secret.name, ...items(secret) } }),
    ...(claim !== undefined && { persistentVolumeClaim: { claimName: claim } }),
    ...(projected !== undefined && { projected }),
  };
}

export function containerMounts(props: Mounts): k8s.VolumeMount[] {
  const { files = {}, scratch = {}, volumes = {} } = props;
  return [
    ...sorted(files).map(([name, { directory }]) =>
      madeFrom({ name, mountPath: directory, readOnly: true }, props, ['files', name]),
    ),
    ...sorted(scratch).map(([name, { directory }]) =>
      madeFrom({ name, mountPath: directory }, props, ['scratch', name]),
    ),
    ...sorted(volumes).map(([name, volume]) =>
      madeFrom(
        {
          name,
          mountPath: volume.directory,
          ...((volume.readOnly ?? isReadOnly(volume)) && { readOnly: true }),
          ...(volume.subPath !== undefined && { subPath: volume.subPath }),
        },
        props,
        ['volumes', name],
      ),
    ),
  ];
}

function isReadOnly({ configMap, secret, projected }: MountedVolume): boolean {
  return configMap !== undefined || secret !== undefined || projected !== undefined;
}

/** Reports values that the API server refuses, and invalid keys of Secrets. */
export function mountProblems({
  files = {},
  scratch = {},
  volumes = {},
}: Mounts): (PropProblem | undefined)[] {
  return [
    ...fieldsProblems({ volumes: optional(volumesField) }, { volumes }),
    ...Object.entries(volumes).map(([name, volume]) => {
      const message = sourceProblem(volume);
      return message === undefined ? undefined : { path: ['volumes', name], message };
    }),
    ...Object.entries(files).flatMap(([name, file]) => secretKeyProblems(['files', name], file)),
    ...Object.entries(scratch).map(([name, { sizeLimit }]) =>
      ruleProblem(['scratch', name, 'sizeLimit'], sizeLimit, bytes),
    ),
    ...Object.entries({ files, scratch }).flatMap(([group, mounts]) =>
      Object.entries(mounts).flatMap(([name, { directory }]) => [
        volumeName.allows(name)
          ? undefined
          : { path: [group, name], message: `is not a valid volume name; it must be ${volumeName.right}` },
        ruleProblem([group, name, 'directory'], directory, containerPath),
      ]),
    ),
    ...mountClashes({ files, scratch, volumes }).map(({ path, value, earlier }) => ({
      path,
      message: `is ${value}, the same as ${earlier.join('.')}; use a different value`,
    })),
  ];
}

function sorted<T>(entries: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
}
