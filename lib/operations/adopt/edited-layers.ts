import { isDeepStrictEqual } from 'node:util';
import { LayeredSource } from '../../deployment/config/environment/layered-source';
import { dataAt, editedData } from '../../input/edited-data';
import { type Path, YamlSource } from '../../input/source';
import { EditRefused, editYaml, type YamlEdit } from '../../input/yaml-edit';
import type { EditValue } from '../../input/yaml-value';

/** One file of a configuration. */
export interface ConfigurationText {
  readonly path: string;
  readonly text: string;
}

const role = { remedy: 'choose another file with --config', purpose: 'describe a deployment' };

/** The data of a file, merged with the data of the files that it extends. */
export function layeredData(files: readonly ConfigurationText[]): unknown {
  const [base, ...differences] = files.map(({ path, text }) => YamlSource.of(text, path, role));
  if (base === undefined) return {};
  return differences.length === 0 ? base.data() : LayeredSource.of(base, differences).data();
}

/**
 * Edits a configuration that consists of several files. The requested file gets every value, as a difference from
 * the files that it extends, because what runs in one environment says nothing about another. Exception: `access`
 * is edited in the file that declares it, because a node has the same set-up in all environments.
 *
 * @param files from the file without `extends` to the requested one
 * @throws EditRefused for a value that can't be written in this way
 */
export function editLayers(
  files: readonly ConfigurationText[],
  edits: readonly YamlEdit[],
): readonly ConfigurationText[] {
  const before = files.map((_, index) => layeredData(files.slice(0, index + 1)));
  const own = files.map((file) => layeredData([file]));
  const edited = files.map(({ path, text }, index) => {
    const here = edits.filter((edit) => fileOf(edit, own, before) === index);
    const differences = index === 0 ? here : differenceEdits(here, own[index], before[index - 1], path);
    return { path, text: editYaml(text, differences) };
  });
  const [found, wanted] = [layeredData(edited), edits.reduce<unknown>(editedData, before.at(-1))];
  const lost = edits.find(({ path }) => !isDeepStrictEqual(dataAt(found, path), dataAt(wanted, path)));
  if (lost !== undefined) throw new EditRefused(lost.path, byHand(files.at(-1)?.path ?? ''));
  return edited;
}

/**
 * The index of the file that an edit changes.
 *
 * @param own the data of each file alone
 * @param data the data of each file, merged with the data of the files that it extends
 */
function fileOf({ path }: YamlEdit, own: readonly unknown[], data: readonly unknown[]): number {
  const last = data.length - 1;
  if (path[0] !== 'access') return last;
  const index = own.findLastIndex((each) => dataAt(each, path) !== undefined);
  const hasSameNodes = isDeepStrictEqual(dataAt(data[index], ['nodes']), dataAt(data[last], ['nodes']));
  return index !== -1 && hasSameNodes ? index : last;
}

/**
 * Edits of a file that extends another, by the rule of docs/environments.md.
 *
 * @param own the data of the file alone
 * @param extended the data that it changes
 */
function differenceEdits(
  edits: readonly YamlEdit[],
  own: unknown,
  extended: unknown,
  file: string,
): readonly YamlEdit[] {
  for (const { path } of edits) refuseElements(path, own, extended, file);
  return edits.flatMap((edit): readonly YamlEdit[] => {
    const { path } = edit;
    const stated = dataAt(own, path);
    if (edit.kind === 'remove' && dataAt(extended, path) !== undefined)
      return [{ kind: 'set', path, value: null }];
    if (edit.kind !== 'append' || Array.isArray(stated)) return [edit];
    const place = [...path, 'add'];
    if (Array.isArray(dataAt(own, place))) return [{ ...edit, path: place }];
    // The list does not exist yet, so one edit adds all elements.
    const all = edits.filter((each) => each.kind === 'append' && isDeepStrictEqual(each.path, path));
    if (all[0] !== edit) return [];
    return [{ kind: 'set', path: place, value: all.map((each) => (each as { value: EditValue }).value) }];
  });
}

/** @throws EditRefused for a value in an element of a list that is in another file */
function refuseElements(path: Path, own: unknown, extended: unknown, file: string): void {
  const isForeign = path.some((_, length) => {
    const list = path.slice(0, length);
    return Array.isArray(dataAt(extended, list)) && !Array.isArray(dataAt(own, list));
  });
  if (isForeign)
    throw new EditRefused(path, `is in a list of a file that this configuration extends; ${byHand(file)}`);
}

function byHand(file: string): string {
  return `can't be written as a difference; set it in ${file} by hand`;
}
