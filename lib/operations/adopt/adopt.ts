import { existsSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { loadPinnedImages, type PinnedImages } from '../../deployment/config/pinned-images';
import { listUnresolved, type UnresolvedValue } from '../../deployment/model/unresolved-value';
import { formatPath } from '../../input/source';
import { fileChanges } from '../../output/changes';
import { rewriteFile } from '../../output/replace';
import { OperationError } from '../error';
import { type ConfigurationTexts, editTexts, unlocked } from './edited-files';
import { type AdoptAnswer, type NotFound, notFound, type OpenValue } from './resolver';
import type { AdoptRun, AdoptSource, SourceAnswers, Survey } from './source';
import { adoptSources } from './sources';

/** The result of a run: the answers, and the new content of the files. */
export interface AdoptReport {
  /** The sources, in the order of the queries. */
  readonly sources: readonly Pick<SourceAnswers, 'name' | 'notAsked'>[];
  readonly filled: readonly FilledValue[];
  readonly left: readonly LeftValue[];
  readonly survey: Survey;
  readonly files: readonly ChangedFile[];
}

export interface FilledValue {
  readonly path: string;
  readonly source: string;
}

/** A value that stays unresolved, with the answer of each source that has a resolver for it. */
export interface LeftValue {
  readonly path: string;
  /** The command that finds the value by hand. */
  readonly command: string;
  readonly failures: readonly (NotFound & { readonly source: string })[];
}

/** A file whose new content differs from the content on the disk. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** The configuration whose unresolved values a run fills in. */
export type AdoptedConfiguration = Pick<PinnedImages, 'deployment' | 'lock' | 'files' | 'lockFile'>;

/** @throws ConfigError for a configuration that is not valid */
export function loadAdopted(config: string): AdoptedConfiguration {
  return loadPinnedImages(config);
}

interface Attempt {
  readonly value: OpenValue;
  readonly open: UnresolvedValue;
  readonly answers: readonly { readonly source: string; readonly answer: AdoptAnswer }[];
}

/** Queries every source, and edits the configuration in memory. It writes nothing. */
export async function planAdoption(
  run: AdoptRun & Pick<AdoptedConfiguration, 'lockFile'>,
  sources: readonly AdoptSource[] = adoptSources,
): Promise<AdoptReport> {
  const texts = {
    configuration: run.files.map((path) => ({ path, text: textOf(path) })),
    lock: textOf(run.lockFile),
  };
  const open = openValues(run);
  const values = open.map(({ place }): OpenValue => ({ path: place, deployment: run.deployment }));
  const asked: SourceAnswers[] = [];
  // The sources are queried in sequence, because a source is not queried for a value that an earlier source found.
  for (const source of sources) {
    const isFound = (value: OpenValue) => asked.some(({ answers }) => answers.get(value)?.kind === 'found');
    asked.push(
      await source.ask(
        values.filter((value) => !isFound(value)),
        run,
      ),
    );
  }
  const attempts = values.map((value, index): Attempt => {
    const answers = asked.flatMap(({ name, answers: own }) => {
      const answer = own.get(value);
      return answer === undefined ? [] : [{ source: name, answer }];
    });
    return { value, open: open[index] as UnresolvedValue, answers };
  });
  const { settled, after } = settle(attempts, texts);
  const records = asked.flatMap((each) => each.records);
  return {
    sources: asked.map(({ name, notAsked }) => ({ name, notAsked })),
    filled: settled.flatMap(({ open: { path }, answers }) => {
      const answer = answers.find((each) => each.answer.kind === 'found');
      return answer === undefined ? [] : [{ path, source: answer.source }];
    }),
    left: settled.flatMap(leftValue),
    survey: {
      undescribed: asked.flatMap(({ survey }) => survey.undescribed),
      differences: asked.flatMap(({ survey }) => survey.differences),
      unread: asked.flatMap(({ survey }) => survey.unread ?? []),
    },
    files: [
      ...records.map(({ path, text }) => ({ path, before: textOf(path), after: text })),
      ...texts.configuration.map(({ path, text }, index) => ({
        ...{ path, before: text, after: after.configuration[index]?.text ?? text },
      })),
      { path: run.lockFile, before: texts.lock, after: after.lock },
    ].filter(({ before, after: now }) => before !== now),
  };
}

/**
 * A digest is listed under its image, although the lock file contains the digest. An image without an entry in the
 * lock file has an unresolved digest.
 */
function openValues({ deployment, lock }: Pick<AdoptRun, 'deployment' | 'lock'>): UnresolvedValue[] {
  const names = new Set([...Object.keys(lock), ...Object.keys(deployment.images)]);
  const digests = [...names].flatMap((name) =>
    listUnresolved(lock[name] ?? { digest: unlocked(name) }, ['images', name]),
  );
  return [...listUnresolved(deployment), ...digests];
}

/** Edits the files by every answer, except answers that the configuration refuses. */
function settle(
  attempts: readonly Attempt[],
  texts: ConfigurationTexts,
): { settled: readonly Attempt[]; after: ConfigurationTexts } {
  const edits = attempts.flatMap(({ answers }) =>
    answers.flatMap(({ answer }) => (answer.kind === 'found' ? answer.edits : [])),
  );
  const { texts: after, refused } = editTexts(texts, edits);
  if (refused.length === 0) return { settled: attempts, after };
  const settled = attempts.map((attempt) => ({
    ...attempt,
    answers: attempt.answers.map(({ source, answer }) => {
      if (answer.kind !== 'found') return { source, answer };
      const fault = refused.find(({ path }) =>
        answer.edits.some((edit) => isDeepStrictEqual(edit.path, path)),
      );
      return { source, answer: fault === undefined ? answer : notFound('unusable', fault.message) };
    }),
  }));
  if (isDeepStrictEqual(settled, attempts))
    throw new OperationError(refused.map(({ path, message }) => `${formatPath(path)} ${message}`).join('\n'));
  return settle(settled, texts);
}

function leftValue({ open: { path, find }, answers }: Attempt): LeftValue[] {
  const failures = answers.flatMap(({ source, answer }) =>
    answer.kind === 'not-found' ? [{ source, ...answer }] : [],
  );
  return failures.length < answers.length ? [] : [{ path, command: find, failures }];
}

/**
 * Replaces each file atomically. If a run is killed between two files, the next run writes the rest.
 *
 * @throws OperationError if a file was changed since it was read; nothing is written
 */
export function writeAdoption(files: readonly ChangedFile[]): void {
  for (const { path, before } of files)
    if (textOf(path) !== before)
      throw new OperationError(
        `${path} was changed by another program while this command ran; nothing was written. Run the command again.`,
      );
  for (const { path, after } of files) rewriteFile(path, after, fileChanges);
}

function textOf(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
