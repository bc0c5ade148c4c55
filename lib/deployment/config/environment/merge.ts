import { isDeepStrictEqual } from 'node:util';
import { nearest } from '../../../documents/nearest';
import type { Problem } from '../../../input/problem';
import { formatPath, type Path, type YamlSource } from '../../../input/source';
import { isUnresolved } from '../schema/unresolved';

/** The file and the path that a merged value comes from. */
export interface ValueOrigin {
  readonly source: YamlSource;
  readonly path: Path;
  /** The origins of the values inside a map or list, if they come from different files. */
  readonly below?: ReadonlyMap<string | number, ValueOrigin>;
}

/** A value, and the file or files that it comes from. */
export interface MergedValue {
  readonly value: unknown;
  readonly origin: ValueOrigin;
}

type DataMap = Readonly<Record<string, unknown>>;

/**
 * Merges an environment into the file that it extends. Maps are merged key by key; a key with `null` is
 * removed. A list in the environment replaces the list; a map of `add` and `remove` changes it. Any other
 * value replaces the value of the extended file.
 *
 * @param report is called for every change that has no effect, such as the removal of a missing key
 */
export function mergeDifference(
  base: MergedValue,
  difference: MergedValue,
  report: (problem: Problem) => void,
): MergedValue {
  return new Merge(base.origin.source.file, difference.origin.source, report).merge(
    base,
    difference.value,
    difference.origin.path,
    [],
  );
}

class Merge {
  constructor(
    private readonly baseFile: string,
    private readonly source: YamlSource,
    private readonly report: (problem: Problem) => void,
  ) {}

  /**
   * @param at the path in the environment's file
   * @param path the path in the merged data
   */
  merge(base: MergedValue, difference: unknown, at: Path, path: Path): MergedValue {
    if (isMergeable(base.value) && isMergeable(difference)) return this.mergeMaps(base, difference, at, path);
    if (Array.isArray(base.value) && isMergeable(difference)) return this.changeList(base, difference, at);
    return { value: difference, origin: { source: this.source, path: at } };
  }

  private mergeMaps(base: MergedValue, difference: DataMap, at: Path, path: Path): MergedValue {
    const value: Record<string, unknown> = { ...(base.value as DataMap) };
    const below = new Map(Object.keys(value).map((key) => [key, belowOrigin(base.origin, key)]));
    for (const [key, stated] of Object.entries(difference)) {
      const place = [...at, key];
      if (stated === null) {
        this.checkRemoval(value, key, place);
        delete value[key];
        // Records the place of the removal, where a missing required key is reported.
        below.set(key, { source: this.source, path: place });
        continue;
      }
      const origin = below.get(key);
      const merged =
        key in value && origin !== undefined
          ? this.merge({ value: value[key], origin }, stated, place, [...path, key])
          : { value: stated, origin: { source: this.source, path: place } };
      value[key] = merged.value;
      below.set(key, merged.origin);
    }
    return { value, origin: { source: this.source, path: at, below } };
  }

  private checkRemoval(base: DataMap, key: string, place: Path): void {
    if (this.source.isEmpty(place)) {
      this.fail(place, `is empty; set a value, or write null to remove the value of ${this.baseFile}`);
    } else if (!(key in base)) {
      const near = nearest(key, Object.keys(base));
      const hint = near === undefined ? 'remove this line' : `did you mean "${near}"?`;
      this.fail(place, `is null, which removes a key, but ${this.baseFile} has no such key; ${hint}`);
    }
  }

  private changeList(base: MergedValue, difference: DataMap, at: Path): MergedValue {
    const { add = [], remove = [], ...others } = difference;
    const unknown = Object.keys(others);
    if (unknown.length > 0 || !Array.isArray(add) || !Array.isArray(remove)) {
      const place = unknown[0] === undefined ? at : [...at, unknown[0]];
      this.fail(
        place,
        `is not a list, and ${this.baseFile} has a list here; write a list to replace that list, or { add: […], remove: […] } to change it`,
      );
      return base;
    }
    const before = (base.value as readonly unknown[]).map((value, index) => ({
      value,
      origin: belowOrigin(base.origin, index),
    }));
    const removed = new Set(
      remove.map((entry, index) => this.findRemoved(before, entry, [...at, 'remove', index])),
    );
    const added = add.map((value, index) => {
      const path = [...at, 'add', index];
      if (before.some((each) => isDeepStrictEqual(each.value, value)))
        this.fail(path, `is already in the list of ${this.baseFile}; remove it from add`);
      return { value, origin: { source: this.source, path } };
    });
    const entries = [...before.filter(({ value }) => !removed.has(value)), ...added];
    return {
      value: entries.map(({ value }) => value),
      origin: { source: this.source, path: at, below: new Map(entries.map(({ origin }, i) => [i, origin])) },
    };
  }

  /**
   * Finds the element that an entry of `remove` matches: the element equals the entry, or has all keys of the
   * entry with the same values.
   */
  private findRemoved(before: readonly { value: unknown }[], entry: unknown, place: Path): unknown {
    const [found, ...more] = before.filter(({ value }) => matches(value, entry));
    if (found === undefined)
      this.fail(place, `is not in the list of ${this.baseFile}; correct the entry, or delete it`);
    if (more.length > 0)
      this.fail(
        place,
        `matches ${more.length + 1} entries of ${this.baseFile}; add more keys, so that only one entry matches`,
      );
    return found?.value;
  }

  private fail(path: Path, message: string): void {
    this.report({ place: this.source.placeOfKey(path), path: formatPath(path), message });
  }
}

/** A map with the key `unresolved` is a single value, so it is replaced, not merged. */
function isMergeable(value: unknown): value is DataMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnresolved(value);
}

function matches(value: unknown, entry: unknown): boolean {
  if (!isMergeable(value) || !isMergeable(entry)) return isDeepStrictEqual(value, entry);
  return Object.entries(entry).every(([key, stated]) => isDeepStrictEqual(value[key], stated));
}

/** The origin of a value inside a map or list. */
export function belowOrigin({ source, path, below }: ValueOrigin, step: string | number): ValueOrigin {
  return below?.get(step) ?? { source, path: [...path, step] };
}
