import type { Path } from '../../input/source';
import {
  at,
  type ConfigFinding,
  type DeclaredNames,
  unknown,
  unknownImage,
  unknownSecret,
} from './findings/finding';
import type { Deployment } from './schema/schema';

/**
 * Names that are not declared, in workloads that were left out because a required key is missing. Otherwise
 * they would be reported only when the workload is complete.
 */
export function incompleteWorkloadFindings(
  data: unknown,
  { workloads }: Deployment,
  { images, secrets, destinations }: DeclaredNames,
): ConfigFinding[] {
  return Object.entries(mapIn(data, 'workloads'))
    .filter(([name]) => !(name in workloads))
    .flatMap(([name, workload]) => {
      const place = (...path: Path) => ['workloads', name, ...path];
      const targets = listIn(workload, 'connectsTo');
      return [
        ...containersIn(workload).flatMap(({ image, path }) =>
          isUndeclared(image, images) ? [at(place(...path, 'image'), unknownImage(image, images))] : [],
        ),
        ...targets.flatMap((target, index) =>
          isUndeclared(target, destinations)
            ? [at(place('connectsTo', index), unknown('', target, destinations))]
            : [],
        ),
        ...Object.entries(mapIn(workload, 'secrets'))
          .filter(([secret]) => !secrets.includes(secret))
          .flatMap(([secret, stated]) =>
            secretKeys(stated).map((key) =>
              at(place('secrets', secret), unknownSecret(secret, secrets, key)),
            ),
          ),
      ];
    });
}

function containersIn(workload: unknown): { image: unknown; path: Path }[] {
  const others = ['initContainers', 'sidecars'].flatMap((group) =>
    listIn(workload, group).map((container, index) => ({ container, path: [group, index] })),
  );
  return [{ container: workload, path: [] }, ...others].map(({ container, path }) => ({
    image: mapOf(container)['image'],
    path,
  }));
}

/**
 * The keys that a workload reads. A list without `keys:` also counts; that mistake is reported separately.
 */
function secretKeys(stated: unknown): (string | undefined)[] {
  const keys = Array.isArray(stated) ? (stated as unknown[]) : listIn(stated, 'keys');
  const names = keys.filter((key) => typeof key === 'string');
  return names.length === 0 ? [undefined] : names;
}

function isUndeclared(name: unknown, declared: readonly string[]): name is string {
  return typeof name === 'string' && !declared.includes(name);
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = mapOf(value)[key];
  return Array.isArray(list) ? list : [];
}

function mapIn(value: unknown, key: string): Readonly<Record<string, unknown>> {
  return mapOf(mapOf(value)[key]);
}

function mapOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
