/**
 * Whether a name in a certificate covers a host. A wildcard stands for exactly one label.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6125#section-6.4.3
 */
export function certificateCovers(name: string, host: string): boolean {
  if (!name.startsWith('*.')) return name === host;
  return host.endsWith(name.slice(1)) && !host.slice(0, 1 - name.length).includes('.');
}
