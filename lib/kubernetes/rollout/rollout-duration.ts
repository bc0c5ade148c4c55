/**
 * Seconds that a rolling update takes at worst: each new pod may have to wait for the room of an old one, so that every
 * pod waits until the one before has ended and the new one is available.
 *
 * @param pods how many it replaces
 * @param start seconds until a new pod is available, minReadySeconds included
 * @param grace seconds that an old pod may take to end
 */
export function longestRollout(pods: number, start: number, grace: number): number {
  return pods * (start + grace);
}
