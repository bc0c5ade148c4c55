import type { PropProblem } from '../props-error';

/** Traefik reads 0 as no limit, which is not what a limit is for. */
export function limitProblem(prop: string, value: number): PropProblem | undefined {
  if (Number.isSafeInteger(value) && value >= 1) return undefined;
  const wayOut =
    value === 0 ? 'Traefik takes that for no limit: leave the middleware out instead' : undefined;
  return { path: [prop], message: `is ${value}; ${wayOut ?? 'it must be a whole number of at least 1'}` };
}
