/**
 * Edits and failures in which the servers did something else than was foreseen, and why. One that is mended must leave the
 * list: the test fails for a reason without a difference.
 */
export const knownDifferences: Readonly<Record<string, string>> = {};

/** Second applies of which `impact` misses the refusal, or says one that does not come: one that is mended leaves the list. */
export const knownApplies: readonly string[] = [
  'f14',
  'f24',
  'f29',
  'f33',
  'f35',
  'f38',
  'f41',
  'f52',
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
  'f70',
  'f71',
  'f73',
  'f77',
  'f83',
  'f88',
  'f89',
  'f92',
  'f94',
  'f98',
  'f99',
  'g05',
  'g06',
  'g08',
  'g17',
  'g19',
  'g23',
  'g25',
  'g28',
  'g31',
];
