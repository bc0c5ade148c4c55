import { isDataKey, isDnsSubdomain, isEnvironmentName, isLabelValue, isQualifiedName } from './names';
import { parseQuantity } from './quantity';

/**
 * What a value must be: the configuration and the constructs' props are refused by the same rules, in the same
 * words. `right` completes the sentence "it must be …".
 */
export interface ValueRule<Value> {
  readonly right: string;
  readonly allows: (value: Value) => boolean;
}

export interface WholeNumberRule extends ValueRule<number> {
  readonly minimum: number;
  readonly maximum: number;
}

/** A whole number within limits; `unit` names what it counts. */
export function wholeNumber(minimum: number, maximum: number, unit = ''): WholeNumberRule {
  return {
    minimum,
    maximum,
    right: `a whole number from ${minimum} to ${maximum}${unit}`,
    allows: (value) => Number.isInteger(value) && minimum <= value && value <= maximum,
  };
}

/** Seconds up to a day: more is a slip of the finger. */
export function seconds(minimum: number): WholeNumberRule {
  return wholeNumber(minimum, 86_400, ' seconds');
}

/** One of a few words. */
export function oneOf(words: readonly string[]): ValueRule<string> {
  return { right: words.join(' or '), allows: (value) => words.includes(value) };
}

/** A user id. 0 is root, which the namespace refuses. */
export const userId = wholeNumber(1, 2_147_483_647, ' (0 is root, which Pod Security "restricted" refuses)');

/** The autoscaler's target; more than 100 is what a pod may use above its request. */
export const percentOfRequest = wholeNumber(1, 1000, ' percent of the request');

/** A port that a container without privileges can listen on. */
export const unprivilegedPort = wholeNumber(
  1024,
  65_535,
  ' (below 1024 needs a privilege that the namespace refuses)',
);

/** How many pods there may be. */
export const podCount = wholeNumber(1, 1000);

/** How often a Job is tried. */
export const attempts = wholeNumber(1, 10);

/** The name of a ConfigMap, a Secret, a claim or a node. */
export const objectName: ValueRule<string> = {
  right: 'a DNS name: 1 to 253 of a-z, 0-9, "-" and "."',
  allows: isDnsSubdomain,
};

export const dataKey: ValueRule<string> = {
  right: 'a key: 1 to 253 of letters, digits, "-", "_" and "."',
  allows: isDataKey,
};

export const environmentName: ValueRule<string> = {
  right: 'a name of printable characters without "="',
  allows: isEnvironmentName,
};

export const labelKey: ValueRule<string> = {
  right: 'a label key such as honeydue/redis',
  allows: isQualifiedName,
};

export const labelValue: ValueRule<string> = {
  right: 'a label value: at most 63 of letters, digits, "-", "_" and "."',
  allows: isLabelValue,
};

/** An amount of memory or storage. */
export const bytes = quantityRule('a quantity of bytes such as 128Mi or 5Gi', Number.isInteger);

/** An amount of CPU; Kubernetes knows nothing finer than 1m. */
export const cpu = quantityRule('a quantity of CPU such as 100m or 1', (cores) => {
  const millicores = cores * 1000;
  return Math.abs(millicores - Math.round(millicores)) < 1e-6;
});

function quantityRule(right: string, allows: (amount: number) => boolean): ValueRule<string> {
  return {
    right,
    allows: (value) => {
      const amount = parseQuantity(value) ?? 0;
      return amount > 0 && allows(amount);
    },
  };
}
