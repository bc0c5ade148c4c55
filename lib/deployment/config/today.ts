/** The day that it is, everywhere alike: `2026-05-15` in UTC. Only the configuration asks; see docs/adr/0007. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
