const unplaced = 'impact does not ask whether the new pods can be admitted, placed and started';
const unvalidated = 'impact does not hold the head against what the API server refuses by itself';

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
  'a key that the ConfigMap does not have': unplaced,
  'a ConfigMap volume that is not there': unplaced,
  'a quota without room for the surge': unplaced,
  'a LimitRange below what a pod asks for': unplaced,
  'a Service whose selector follows the label of its pods':
    'impact compares the Service with the pods of the head, and no pod of the head is ready at first',
  'a preStop that takes longer than the grace': unvalidated,
  'a size limit below nothing': unvalidated,
  'fewer pods than none': unvalidated,
  'a node port out of the range': unvalidated,
  'an external traffic policy of an address of the cluster': unvalidated,
  'two address families in a cluster of one': unvalidated,
  'a default above the maximum': unvalidated,
};

/** Second applies of which `impact` misses the refusal, or says one that does not come: one that is mended leaves the list. */
export const knownApplies: readonly string[] = ['f33', 'f38', 'f61', 'f63', 'f98'];
