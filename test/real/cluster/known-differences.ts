const unvalidated = 'impact does not hold the head against what the API server refuses by itself';

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
  'a preStop that takes longer than the grace': unvalidated,
  'a size limit below nothing': unvalidated,
  'a request above the limit': unvalidated,
  'two handlers of one probe': unvalidated,
  'two volumes of one name': unvalidated,
  'a mount of no volume': unvalidated,
  'a rolling update that moves nothing': unvalidated,
  'more seconds until ready than the deadline': unvalidated,
  'fewer pods than none': unvalidated,
  'a node port out of the range': unvalidated,
  'an external traffic policy of an address of the cluster': unvalidated,
  'two address families in a cluster of one': unvalidated,
  'a port above the highest': unvalidated,
  'a default above the maximum': unvalidated,
  'a time zone that does not exist': unvalidated,
  'a schedule that is none': unvalidated,
  'a budget that states both': unvalidated,
  'a ConfigMap of a key that is none': unvalidated,
};

/** Second applies of which `impact` misses the refusal, or says one that does not come: one that is mended leaves the list. */
export const knownApplies: readonly string[] = [
  'f29',
  'f33',
  'f38',
  'f54',
  'f55',
  'f56',
  'f58',
  'f59',
  'f60',
  'f61',
  'f63',
  'f64',
  'f65',
  'f67',
  'f68',
  'f71',
  'f73',
  'f88',
  'f89',
  'f92',
  'f94',
  'f98',
  'f99',
  'g23',
];
