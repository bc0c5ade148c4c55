const unplaced = 'impact does not ask whether the new pods can be admitted, placed and started';

/**
 * Edits and failures in which the servers did something else than was foreseen, and why. One that is mended must leave the
 * list: the test fails for a reason without a difference.
 */
export const knownDifferences: Readonly<Record<string, string>> = {
  "a Secret's name": 'impact names the new Secret to make before the apply; the lane makes none',
  'a quota below what runs': 'the quota refuses the next pod, and this edit makes none',
  'a key of the configuration less':
    'the pods that run keep the value, and a pod that starts later fails; this edit starts none',
  'api on nodes of a label that no node has': unplaced,
  'a spread by a topology key that no node has': unplaced,
  'hard anti-affinity of three pods on three nodes, with a surge': unplaced,
  'requests that fit on no node': unplaced,
  'a port of the node that the pod before holds': unplaced,
  'a pod that Pod Security refuses': unplaced,
  'a singleton that Pod Security refuses': unplaced,
  'a claim that is not there': unplaced,
  'a ServiceAccount that is not there': unplaced,
  'a PriorityClass that is not there': unplaced,
  'a RuntimeClass that is not there': unplaced,
  'a ConfigMap that is not there': unplaced,
  'a ConfigMap volume that is not there': unplaced,
  'a quota without room for the surge': unplaced,
  'a LimitRange below what a pod asks for': unplaced,
};

/** Second applies of which `impact` misses the refusal, or says one that does not come: one that is mended leaves the list. */
export const knownApplies: readonly string[] = [];
