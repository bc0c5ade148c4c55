/** Text that Terraform takes as it is: it would read `${` and `%{`, which shell scripts are full of, as its own. */
export function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** A string as an expression of Terraform's language has it. */
export function quoted(text: string): string {
  return JSON.stringify(literal(text));
}

/** A value that Terraform computes. */
export function expression(code: string): string {
  return `\${${code}}`;
}
