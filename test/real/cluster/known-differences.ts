/**
 * Edits and failures in which the servers did something else than was foreseen, and why. One that is mended must leave the
 * list: the test fails for a reason without a difference.
 */
export const knownDifferences: Readonly<Record<string, string>> = {
  "a Secret's name": 'impact names the new Secret to make before the apply; the lane makes none',
  'a key of the configuration less':
    'the pods that run keep the value, and a pod that starts later fails; this edit starts none',
  'a sixth workload':
    'Pod Security refuses its pods, and the lane records only workloads of which a pod was made',
};

/** Second applies of which `impact` misses the refusal, or says one that does not come: one that is mended leaves the list. */
export const knownApplies: readonly string[] = [];
