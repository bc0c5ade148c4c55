import * as k8s from 'cdk8s-plus-30/lib/imports/k8s';
import { canonicalQuantity, parseQuantity } from '../../kubernetes/quantity';
import type { ValueRule } from '../../kubernetes/value-rule';
import * as rules from '../../kubernetes/value-rule';
import { mapField, numberField, optional } from '../fields/field';
import { fieldsProblems } from '../fields/field-problems';
import { type PropProblem, ruleProblem } from '../props-error';
import { madeFrom } from './provenance';

/** The request and the limit of a resource. */
export interface Bounds {
  /** A Kubernetes quantity. The scheduler places the pod on a node with this much free capacity. */
  readonly request: string;
  /**
   * A Kubernetes quantity. A container that reaches its CPU limit is throttled; a container that exceeds its
   * memory limit is killed.
   */
  readonly limit: string;
}

/**
 * The resources of a container. Both CPU and memory are required, because a pod without a limit can use all
 * resources of its node.
 */
export interface Resources {
  readonly cpu: Bounds;
  readonly memory: Bounds;
  /**
   * Extended resources, such as `nvidia.com/gpu: 1`. The number is both the request and the limit. The pod
   * stays Pending until a node has these resources. @default none
   */
  readonly extended?: Readonly<Record<string, number>>;
}

export const extendedField = mapField(rules.extendedResource, numberField(rules.extendedCount));

export function resourceRequirements(props: { readonly resources: Resources }): k8s.ResourceRequirements {
  const { cpu, memory, extended = {} } = props.resources;
  const more = Object.entries(extended).sort(([a], [b]) => (a < b ? -1 : 1));
  const bounds = (bound: keyof Bounds) =>
    madeFrom(
      {
        cpu: quantity(cpu[bound]),
        memory: quantity(memory[bound]),
        ...Object.fromEntries(more.map(([name, count]) => [name, quantity(String(count))])),
      },
      props,
      {
        cpu: ['resources', 'cpu', bound],
        memory: ['resources', 'memory', bound],
        ...Object.fromEntries(more.map(([name]) => [name, ['resources', 'extended', name]])),
      },
    );
  return { requests: bounds('request'), limits: bounds('limit') };
}

/** The required parts of `resources`. */
export const requiredResources = ['cpu.request', 'cpu.limit', 'memory.request', 'memory.limit'].map(
  (part) => `resources.${part}`,
);

/** Reports quantities that the API server refuses, and requests above their limits. */
export function resourceProblems(
  { cpu, memory, extended }: Resources,
  path: readonly (string | number)[] = ['resources'],
): (PropProblem | undefined)[] {
  return [
    ...boundsProblems([...path, 'cpu'], cpu, rules.cpu),
    ...boundsProblems([...path, 'memory'], memory, rules.bytes),
    ...fieldsProblems({ extended: optional(extendedField) }, { extended }, path),
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

/**
 * Converts a quantity to the form in which the API server stores it, so that an apply finds no difference.
 */
export function quantity(text: string): k8s.Quantity {
  return k8s.Quantity.fromString(canonicalQuantity(text));
}
