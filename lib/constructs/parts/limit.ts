import type { PropProblem } from '../props-error';

/** For Traefik, 0 means no limit, so it is refused. */
export function limitProblem(prop: string, value: number): PropProblem | undefined {
  if (Number.isSafeInteger(value) && value >= 1) return undefined;
  const wayOut = value === 0 ? 'Traefik would apply no limit: leave the middleware out instead' : undefined;
  return { path: [prop], message: `is ${value}; ${wayOut ?? 'it must be a whole number of at least 1'}` };
}
