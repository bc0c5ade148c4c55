/** How many of some pods: a number, or a percentage such as `25%`. */
export type PodShare = number | string;

/** The number of pods that a share of them comes to; a percentage is rounded. */
export function resolveShare(share: PodShare, pods: number, round: (value: number) => number): number {
  const percent = /^(\d+)%$/.exec(String(share))?.[1];
  return percent === undefined ? Number(share) : round((Number(percent) * pods) / 100);
}

/** The API server compares what is written: `10%` of 3 pods rounds down to none, and is not zero. */
export function isZeroShare(share: PodShare | undefined): boolean {
  return share === 0 || share === '0%';
}
