/** A statement that is true, false, or undefined: not known. */
export type Truth = boolean | undefined;

/** Whether all statements are true: one that is false decides, whatever the unknown ones are. */
export function allOf(statements: readonly Truth[]): Truth {
  if (statements.includes(false)) return false;
  return statements.includes(undefined) ? undefined : true;
}

/** Whether a statement is true: one that is true decides, whatever the unknown ones are. */
export function anyOf(statements: readonly Truth[]): Truth {
  if (statements.includes(true)) return true;
  return statements.includes(undefined) ? undefined : false;
}

export function notOf(statement: Truth): Truth {
  return statement === undefined ? undefined : !statement;
}
