/** The current date in UTC, such as `2026-05-15`. Only the configuration uses it; see docs/adr/0007. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
