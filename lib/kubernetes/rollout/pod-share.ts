/** A number of pods, or a percentage such as `25%`. */
export type PodShare = number | string;

/** Converts a number or percentage of pods to a number of pods. */
export function resolveShare(share: PodShare, pods: number, round: (value: number) => number): number {
  const percent = /^(\d+)%$/.exec(String(share))?.[1];
  return percent === undefined ? Number(share) : round((Number(percent) * pods) / 100);
}

/**
 * Whether a share is zero, as the API server decides it. `10%` of 3 pods rounds down to 0 pods, but is not
 * zero.
 */
export function isZeroShare(share: PodShare | undefined): boolean {
  return share === 0 || share === '0%';
}
