import { OperationError } from '../error';
import type { LiveDifference, Survey, UndescribedThing } from './source';

/** What one request, or a few, show next to the values that were asked for. */
export interface SurveyPart {
  readonly undescribed?: readonly UndescribedThing[];
  readonly differences?: readonly LiveDifference[];
}

/** Reads the parts of a survey. A part that the source does not let be read is listed, and the others are read. */
export async function readSurvey(parts: readonly (() => Promise<SurveyPart>)[]): Promise<Survey> {
  const read = await Promise.all(parts.map(readPart));
  return {
    undescribed: read.flatMap(({ undescribed = [] }) => undescribed),
    differences: read.flatMap(({ differences = [] }) => differences),
    unread: [...new Set(read.flatMap(({ unread }) => unread))],
  };
}

async function readPart(
  read: () => Promise<SurveyPart>,
): Promise<SurveyPart & Required<Pick<Survey, 'unread'>>> {
  try {
    return { ...(await read()), unread: [] };
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    return { unread: [error.message] };
  }
}

/** A text of a service on one line: a control character would change the terminal. */
export function plainText(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200);
}
