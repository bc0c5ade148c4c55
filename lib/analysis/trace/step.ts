import type { KubernetesObject } from '../../documents/kubernetes';

/** The kinds of steps, in the order in which a request passes them. A trace can have several steps of the same kind. */
export const stepKeys = [
  'record',
  'scheme',
  'custom-rules',
  'rate-limit',
  'cache-rules',
  'tls-mode',
  'certificate',
  'hetzner-firewall',
  'node-firewall',
  'entry-point',
  'router',
  'middleware',
  'name-lookup',
  'service',
  'endpoints',
  'target-port',
  'egress-policy',
  'ingress-policy',
  'pods',
  'destination',
] as const;

export type StepKey = (typeof stepKeys)[number];

/**
 * The effect of a step on the request.
 *
 * - passes: the step lets the request through, or changes it
 * - conditional: the request passes only under a condition that depends on the request itself, such as a password
 * - unknown: the input does not contain enough to decide
 * - stops: the request ends at this step
 */
export type StepOutcome = 'passes' | 'conditional' | 'unknown' | 'stops';

/** A field that a step depends on. */
export type TraceField =
  | { readonly kind: 'object'; readonly object: KubernetesObject; readonly path: string }
  /** A value of a Terraform stack. */
  | {
      readonly kind: 'resource';
      readonly address: string;
      readonly file: string;
      readonly path: string;
    }
  /** A line of a node's script. */
  | { readonly kind: 'line'; readonly file: string; readonly line: number; readonly object: string }
  /** A fact that is not in a document, by its name in `TraceFacts.external`. */
  | { readonly kind: 'external'; readonly name: string };

/** A step without the file positions of its fields. */
export interface StepDraft {
  readonly key: StepKey;
  /** The name of the step, such as `Cloudflare's custom rules`. */
  readonly title: string;
  readonly outcome: StepOutcome;
  /** One or more sentences: what happens and why. */
  readonly reason: string;
  readonly fields: readonly TraceField[];
  /** For a step that stops the request: the change that lets the request through. @default no change is needed */
  readonly fix?: string;
}

/** Yields the steps of a trace in their order. A step that stops the request is the last one. */
export type TraceSteps<Result = void> = Generator<StepDraft, Result>;

/** Yields the last step of a trace. */
export function* stop(draft: Omit<StepDraft, 'outcome'> & { readonly fix: string }): TraceSteps<never> {
  yield { ...draft, outcome: 'stops' };
  throw new Error('a trace continued after the request was stopped');
}

/** Such as `a`, `a and b` or `a, b and c`. */
export function listed(words: readonly string[]): string {
  const [last = '', ...others] = [...words].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}

/** Such as `node a` or `nodes a and b`. */
export function countedNodes(names: readonly string[]): string {
  return `${names.length === 1 ? 'node' : 'nodes'} ${listed(names)}`;
}
