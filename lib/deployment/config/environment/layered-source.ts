import type { Place, Problem } from '../../../input/problem';
import type { LocatedData, Path, YamlSource } from '../../../input/source';
import { belowOrigin, type MergedValue, mergeDifference, type ValueOrigin } from './merge';

/**
 * A file merged with the environments that extend it. The place of a value is in the last file that sets the
 * value.
 */
export class LayeredSource implements LocatedData {
  private constructor(
    private readonly layers: readonly YamlSource[],
    private readonly merged: MergedValue,
    /** Changes of an environment that have no effect, such as the removal of a missing key. */
    readonly problems: readonly Problem[],
  ) {}

  /**
   * @param differences the files that extend the base, in order; the merged source is named after the last
   *   one
   */
  static of(base: YamlSource, differences: readonly YamlSource[]): LayeredSource {
    const problems: Problem[] = [];
    const merged = differences
      .map(differenceOf)
      .reduce<MergedValue>(
        (before, difference) => mergeDifference(before, difference, (problem) => problems.push(problem)),
        { value: base.data(), origin: { source: base, path: [] } },
      );
    return new LayeredSource([base, ...differences], merged, problems);
  }

  data(): unknown {
    return this.merged.value;
  }

  placeOf(path: Path): Place {
    const { source, path: own } = this.originOf(path);
    return source.placeOf(own);
  }

  placeOfKey(path: Path): Place {
    const { source, path: own } = this.originOf(path);
    return source.placeOfKey(own);
  }

  release(): void {
    for (const layer of this.layers) layer.release();
  }

  private originOf(path: Path): ValueOrigin {
    return path.reduce<ValueOrigin>(belowOrigin, this.merged.origin);
  }
}

/** The content of a file without the key `extends`. */
function differenceOf(source: YamlSource): MergedValue {
  const data = source.data();
  const { extends: _extends, ...value } = typeof data === 'object' ? (data as { extends?: unknown }) : {};
  return { value, origin: { source, path: [] } };
}
