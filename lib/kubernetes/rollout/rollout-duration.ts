/**
 * Maximum seconds of a rolling update, if each new pod can start only after an old pod has ended, because it
 * needs the old pod's resources.
 *
 * @param pods number of pods to replace
 * @param start seconds until a new pod is available, including minReadySeconds
 * @param grace seconds that an old pod has to stop
 */
export function longestRollout(pods: number, start: number, grace: number): number {
  return pods * (start + grace);
}
