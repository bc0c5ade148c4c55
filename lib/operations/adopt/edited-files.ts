import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { z } from 'zod';
import { deploymentSchema, imagesLockSchema } from '../../deployment/config/schema/schema';
import { validate } from '../../deployment/config/validation';
import { dataAt } from '../../input/edited-data';
import { formatPath, type Path } from '../../input/source';
import { EditRefused, editYaml, type YamlEdit } from '../../input/yaml-edit';
import { type ConfigurationText, editLayers, layeredData } from './edited-layers';
import { stateValue } from './resolver';

/** The contents of the files of a configuration, and of its lock file. */
export interface ConfigurationTexts {
  /** From the file without `extends` to the requested one. */
  readonly configuration: readonly ConfigurationText[];
  readonly lock: string;
}

/** An edit that can't be made, with the reason. */
export interface RefusedEdit {
  readonly path: Path;
  readonly message: string;
}

/**
 * Applies edits to the files. Returns the new contents, and the edits that a schema refuses or that don't fit
 * their place in a file.
 */
export function editTexts(
  texts: ConfigurationTexts,
  edits: readonly YamlEdit[],
): { readonly texts: ConfigurationTexts; readonly refused: readonly RefusedEdit[] } {
  const all = distinct(edits);
  try {
    const stated = all.filter((edit) => !isOfLock(edit));
    const before = layeredData(texts.configuration);
    const configuration = editLayers(texts.configuration, [...stated, ...ownTags(all, texts, before)]);
    const data = layeredData(configuration);
    const digests = all.filter(isOfLock).map((edit) => ({ ...edit, path: edit.path.slice(1) }));
    const lock = editYaml(texts.lock, [...digests, ...tagEdits(all, data, texts)]);
    const problems = [
      ...problemsOf(deploymentSchema, data),
      ...problemsOf(imagesLockSchema, dataOf(lock)).map((each) => ({ ...each, path: `images.${each.path}` })),
    ];
    return { texts: { configuration, lock }, refused: problems.flatMap((each) => refusedBy(each, all)) };
  } catch (error) {
    if (!(error instanceof EditRefused)) throw error;
    return { texts, refused: [{ path: error.path, message: error.message }] };
  }
}

/** Removes duplicates, because several values may need the same entry, such as a declared key of a Secret. */
function distinct(edits: readonly YamlEdit[]): YamlEdit[] {
  const isSame = (one: YamlEdit, other: YamlEdit) =>
    isDeepStrictEqual([one.kind, one.path], [other.kind, other.path]) &&
    (one.kind !== 'append' || isDeepStrictEqual(one, other));
  return edits.filter((edit, index) => edits.findIndex((each) => isSame(each, edit)) === index);
}

/** Whether an edit belongs into the lock file, which contains the digests of images. */
function isOfLock({ path }: YamlEdit): boolean {
  return path[0] === 'images' && path[2] === 'digest';
}

type ImageEntries = Readonly<Record<string, { readonly tag?: unknown } | undefined>>;

/**
 * The lock file has the tag of each digest. In an environment, an image without a known digest gets an entry too,
 * because the entry of the extended file is about another tag.
 */
function tagEdits(
  edits: readonly YamlEdit[],
  data: unknown,
  { configuration, lock: text }: ConfigurationTexts,
): YamlEdit[] {
  const lock = dataOf(text) as object;
  const { images = {} } = data as { images?: ImageEntries };
  const names = new Set(edits.flatMap(({ path }) => (path[0] === 'images' ? [String(path[1])] : [])));
  return [...names].flatMap((name) => {
    const tag = images[name]?.tag;
    if (typeof tag !== 'string') return [];
    const isLocked = name in lock || edits.some((edit) => isOfLock(edit) && edit.path[1] === name);
    if (isLocked) return [stateValue([name, 'tag'], tag)];
    return configuration.length === 1 ? [] : [stateValue([name], { tag, digest: unlocked(name) })];
  });
}

/** The unresolved digest of an image without an entry in the lock file. */
export function unlocked(name: string): { readonly unresolved: string } {
  return { unresolved: `npx honeydue pin ${name}` };
}

/** If the lock file of an environment gets a digest, the file of the environment also gets the tag. */
function ownTags(
  edits: readonly YamlEdit[],
  { configuration }: ConfigurationTexts,
  data: unknown,
): YamlEdit[] {
  if (configuration.length === 1) return [];
  const own = layeredData(configuration.slice(-1));
  return edits.filter(isOfLock).flatMap(({ path }) => {
    const place = [...path.slice(0, 2), 'tag'];
    const tag = dataAt(data, place);
    const isStated = dataAt(own, place) !== undefined;
    return typeof tag === 'string' && !isStated ? [stateValue(place, tag)] : [];
  });
}

function dataOf(text: string): unknown {
  return (parse(text, { maxAliasCount: -1 }) as unknown) ?? {};
}

function problemsOf(schema: z.ZodType, data: unknown) {
  const place = { file: '', line: 0, column: 0 };
  const source = {
    data: () => data,
    placeOf: () => place,
    placeOfKey: () => place,
    release: () => undefined,
  };
  return validate(schema, source).problems;
}

function refusedBy(
  { path, message }: { readonly path: string; readonly message: string },
  edits: readonly YamlEdit[],
): RefusedEdit[] {
  const edit = edits.find((each) => {
    const own = formatPath(each.path);
    return path === own || (path.startsWith(own) && '.['.includes(path.charAt(own.length)));
  });
  return edit === undefined ? [] : [{ path: edit.path, message }];
}
