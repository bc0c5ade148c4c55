import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { canonicalQuantity, parseQuantity } from '../../kubernetes/quantity';
import type { ValueRule } from '../../kubernetes/value-rule';
import * as rules from '../../kubernetes/value-rule';
import { type PropProblem, ruleProblem } from '../props-error';
import { madeFrom } from './provenance';

/** What a container is promised, by which it is scheduled, and what it may use at most. */
export interface Bounds {
  /** A Kubernetes quantity. The sum of requests on a node never exceeds what the node has. */
  readonly request: string;
  /** A Kubernetes quantity. More CPU is throttled; more memory is killed. */
  readonly limit: string;
}

/** The resources of a container. Both are required: a pod without a limit can starve its node. */
export interface Resources {
  readonly cpu: Bounds;
  readonly memory: Bounds;
}

export function resourceRequirements(props: { readonly resources: Resources }): k8s.ResourceRequirements {
  const { cpu, memory } = props.resources;
  const bounds = (bound: keyof Bounds) =>
    madeFrom({ cpu: quantity(cpu[bound]), memory: quantity(memory[bound]) }, props, {
      cpu: ['resources', 'cpu', bound],
      memory: ['resources', 'memory', bound],
    });
  return { requests: bounds('request'), limits: bounds('limit') };
}

/** Quantities that the API server would refuse, and requests above their limits. */
export function resourceProblems(
  { cpu, memory }: Resources,
  path: readonly (string | number)[] = ['resources'],
): PropProblem[] {
  return [
    ...boundsProblems([...path, 'cpu'], cpu, rules.cpu),
    ...boundsProblems([...path, 'memory'], memory, rules.bytes),
  ];
}

function boundsProblems(
  path: readonly (string | number)[],
  bounds: Bounds,
  rule: ValueRule<string>,
): PropProblem[] {
  const malformed = (['request', 'limit'] as const)
    .map((bound) => ruleProblem([...path, bound], bounds[bound], rule))
    .filter((problem) => problem !== undefined);
  if (malformed.length > 0) return malformed;
  if ((parseQuantity(bounds.request) ?? 0) <= (parseQuantity(bounds.limit) ?? 0)) return [];
  return [
    {
      path: [...path, 'request'],
      message: `is ${bounds.request}, above the limit of ${bounds.limit}; lower the request or raise the limit`,
    },
  ];
}

/** A quantity in the form in which the API server stores it, so that an apply finds nothing to change. */
export function quantity(text: string): k8s.Quantity {
  return k8s.Quantity.fromString(canonicalQuantity(text));
}
