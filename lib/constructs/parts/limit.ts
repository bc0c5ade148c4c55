import type { PropProblem } from '../props-error';

/** Reports an invalid limit. 0 is refused, because Traefik treats 0 as no limit. */
export function limitProblem(prop: string, value: number): PropProblem | undefined {
  if (Number.isSafeInteger(value) && value >= 1) return undefined;
  const hint = value === 0 ? 'Traefik treats 0 as no limit: remove the Middleware instead' : undefined;
  return { path: [prop], message: `is ${value}; ${hint ?? 'it must be a whole number of at least 1'}` };
}
