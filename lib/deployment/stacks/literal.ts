/** Escapes `${` and `%{`, which Terraform reads as expressions. Shell scripts contain many of them. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** A string literal in Terraform's language. */
export function quoted(text: string): string {
  return JSON.stringify(literal(text));
}

/** An expression that Terraform evaluates. */
export function expression(code: string): string {
  return `\${${code}}`;
}
