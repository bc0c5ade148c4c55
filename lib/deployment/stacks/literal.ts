/** Escapes `${` and `%{`, which Terraform would read as expressions; shell scripts contain many. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** A string literal of Terraform's language. */
export function quoted(text: string): string {
  return JSON.stringify(literal(text));
}

/** A value that Terraform computes. */
export function expression(code: string): string {
  return `\${${code}}`;
}
