import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import type { z } from 'zod';
import { deploymentSchema, imagesLockSchema } from '../../deployment/config/schema/schema';
import { validate } from '../../deployment/config/validation';
import { formatPath, type Path } from '../../input/source';
import { EditRefused, editYaml, type YamlEdit } from '../../input/yaml-edit';
import { stateValue } from './resolver';

/** The texts of a configuration and its lock file. */
export interface ConfigurationTexts {
  readonly configuration: string;
  readonly lock: string;
}

/** An edit that can't be made, and why. */
export interface RefusedEdit {
  readonly path: Path;
  readonly message: string;
}

/** The texts after some edits, and the edits that a schema refuses or that can't be made in their place. */
export function editTexts(
  texts: ConfigurationTexts,
  edits: readonly YamlEdit[],
): { readonly texts: ConfigurationTexts; readonly refused: readonly RefusedEdit[] } {
  const all = distinct(edits);
  try {
    const stated = all.filter((edit) => !isOfLock(edit));
    const configuration = editYaml(texts.configuration, stated);
    const data = dataOf(configuration);
    const digests = all.filter(isOfLock).map((edit) => ({ ...edit, path: edit.path.slice(1) }));
    const lock = editYaml(texts.lock, [...digests, ...tagEdits(all, data, dataOf(texts.lock))]);
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

/** Several values may need the same entry, such as a key of a contract. */
function distinct(edits: readonly YamlEdit[]): YamlEdit[] {
  const isSame = (one: YamlEdit, other: YamlEdit) =>
    isDeepStrictEqual([one.kind, one.path], [other.kind, other.path]) &&
    (one.kind !== 'append' || isDeepStrictEqual(one, other));
  return edits.filter((edit, index) => edits.findIndex((each) => isSame(each, edit)) === index);
}

/** Whether the lock file states a value: the digest of an image. */
function isOfLock({ path }: YamlEdit): boolean {
  return path[0] === 'images' && path[2] === 'digest';
}

type ImageEntries = Readonly<Record<string, { readonly tag?: unknown } | undefined>>;

/** The lock file names the tag that a digest belongs to. */
function tagEdits(edits: readonly YamlEdit[], data: unknown, lock: unknown): YamlEdit[] {
  const { images = {} } = data as { images?: ImageEntries };
  const names = new Set(edits.flatMap(({ path }) => (path[0] === 'images' ? [String(path[1])] : [])));
  return [...names].flatMap((name) => {
    const tag = images[name]?.tag;
    const isLocked =
      name in (lock as object) || edits.some((edit) => isOfLock(edit) && edit.path[1] === name);
    return typeof tag === 'string' && isLocked ? [stateValue([name, 'tag'], tag)] : [];
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
