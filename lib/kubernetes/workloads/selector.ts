import type { LabelSelector } from '../../../imports/kubernetes/kinds';

export type Labels = Readonly<Record<string, string>>;

/**
 * Whether a label selector matches labels. An absent selector matches nothing, and an empty selector matches
 * everything.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function matches({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  const has = (key: string) => Object.hasOwn(labels, key);
  return (
    Object.entries(matchLabels).every(([key, value]) => has(key) && labels[key] === value) &&
    matchExpressions.every(({ key = '', operator, values = [] }) => {
      if (operator === 'Exists') return has(key);
      if (operator === 'DoesNotExist') return !has(key);
      const isListed = has(key) && values.includes(labels[key] ?? '');
      return operator === 'In' ? isListed : operator === 'NotIn' && !isListed;
    })
  );
}

/** Whether a selector has no requirements, so that it matches all pods. */
export function isEmpty({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/** The selector as a message prints it: `app=api, tier In (a, b)` */
export function describeSelector({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string {
  const equal = Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`);
  const others = matchExpressions.map(({ key, operator, values }) =>
    values === undefined ? `${key} ${operator}` : `${key} ${operator} (${values.join(', ')})`,
  );
  return [...equal, ...others].join(', ') || 'everything';
}
