import type { KubernetesObject } from '../../documents/kubernetes';

/** The kinds of steps, in the order in which a request meets them. A trace has some of them several times. */
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
 * What a step does to the request.
 *
 * - passes: it lets the request through, or changes it
 * - conditional: it lets the request through under a condition that the request itself decides, such as a password
 * - unknown: the documents do not tell
 * - stops: the request ends here
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

/** A step before its places are known. */
export interface StepDraft {
  readonly key: StepKey;
  /** Its name, such as `Cloudflare's custom rules`. */
  readonly title: string;
  readonly outcome: StepOutcome;
  /** What happens and why, in sentences. */
  readonly reason: string;
  readonly fields: readonly TraceField[];
  /** For a step that stops the request: what lets it through. @default nothing is to be done */
  readonly fix?: string;
}

/** TraceSteps in their order. Nothing asks for the step after one that stops the request. */
export type TraceSteps<Result = void> = Generator<StepDraft, Result>;

/** The last step of a trace. */
export function* stop(draft: Omit<StepDraft, 'outcome'> & { readonly fix: string }): TraceSteps<never> {
  yield { ...draft, outcome: 'stops' };
  throw new Error('a stopped request takes another step');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const [last = '', ...others] = [...words].reverse();
  return others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
}

/** `node a`, `nodes a and b`. */
export function countedNodes(names: readonly string[]): string {
  return `${names.length === 1 ? 'node' : 'nodes'} ${listed(names)}`;
}
