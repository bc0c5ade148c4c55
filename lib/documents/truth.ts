/** Whether a statement is true. Undefined means unknown. */
export type Truth = boolean | undefined;

/** Whether all statements are true. If one is false, the result is false, even if others are unknown. */
export function allOf(statements: readonly Truth[]): Truth {
  if (statements.includes(false)) return false;
  return statements.includes(undefined) ? undefined : true;
}

/** Whether at least one statement is true. If one is true, the result is true, even if others are unknown. */
export function anyOf(statements: readonly Truth[]): Truth {
  if (statements.includes(true)) return true;
  return statements.includes(undefined) ? undefined : false;
}

export function notOf(statement: Truth): Truth {
  return statement === undefined ? undefined : !statement;
}
