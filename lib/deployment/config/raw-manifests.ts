import { dirname, join, relative } from 'node:path';
import type { KubernetesObject } from '../../documents/kubernetes';
import { type LocatedObject, readLocatedManifests } from '../../input/documents';
import { ConfigError, type Problem } from '../../input/problem';
import type { RawConfig } from './schema/raw';

/** The objects of one entry under `raw`, in the order of its file. */
export interface RawManifests {
  readonly objects: readonly KubernetesObject[];
  /**
   * The objects with their places in the file; undefined if the configuration itself contains the objects.
   */
  readonly located: readonly LocatedObject[] | undefined;
}

/**
 * Reads the files that `raw` names, relative to the configuration.
 *
 * @returns the objects by the name of their entry, and the problems of the files
 */
export function readRawManifests(
  raw: RawConfig,
  path: string,
): { readonly manifests: Readonly<Record<string, RawManifests>>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const manifests = Object.entries(raw).map(([name, { file, objects }]): [string, RawManifests] => {
    if (file === undefined)
      return [name, { objects: (objects ?? []) as KubernetesObject[], located: undefined }];
    try {
      const located = readLocatedManifests([relative(process.cwd(), join(dirname(path), file))]);
      problems.push(...located.flatMap(secretProblem));
      return [name, { objects: located.map(({ object }) => object), located }];
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      problems.push(...error.problems);
      return [name, { objects: [], located: undefined }];
    }
  });
  return { manifests: Object.fromEntries(manifests), problems };
}

function secretProblem({ object: { kind, metadata }, placeOf }: LocatedObject): Problem[] {
  if (kind !== 'Secret') return [];
  const message = `${metadata.name} is a Secret, and the output must not contain values of Secrets. Create the Secret in the cluster, list its keys under secrets, and remove it from this file`;
  return [{ place: placeOf([]), path: '', message }];
}
