import { OperationError } from '../error';
import type { LiveDifference, Survey, UndescribedThing } from './source';

/** A part of a survey, read by one request or a few. */
export interface SurveyPart {
  readonly undescribed?: readonly UndescribedThing[];
  readonly differences?: readonly LiveDifference[];
}

/** Reads the parts of a survey. A part that can't be read is listed with the reason, and the other parts are read. */
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

/** A string from a service on one line, without control characters, which would change the terminal. */
export function plainText(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 200);
}
