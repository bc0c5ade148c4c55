/**
 * Maximum seconds of a rolling update, if each new pod needs the resources of an old one and waits until that has
 * ended.
 *
 * @param pods number of pods to replace
 * @param start seconds until a new pod is available, including minReadySeconds
 * @param grace seconds that an old pod has to stop
 */
export function longestRollout(pods: number, start: number, grace: number): number {
  return pods * (start + grace);
}
