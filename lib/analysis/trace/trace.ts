import { type AppliedDocuments, outputOfApplied } from '../../documents/output';
import { describeRequest } from '../../documents/web-request';
import { describeObject } from '../../kubernetes/objects/object-key';
import { traceAssumptions } from './assumptions';
import { connectionSteps } from './connection';
import { describeTarget, type TraceQuestion } from './question';
import type { StepDraft, StepKey, StepOutcome, TraceField } from './step';
import { type TraceFacts, TraceSubject } from './subject';
import { urlSteps } from './url';

/** The position of a field of an object, of a Terraform resource, or of the configuration. */
export type TracePlaceOf = (
  field: TraceField,
) => { readonly file: string; readonly line?: number | undefined } | undefined;

/** A field that a step depends on. */
export interface TracePlace {
  /** Null if the documents have no files. */
  readonly file: string | null;
  readonly line: number | null;
  /** `Ingress shop/web`, `hcloud_firewall.nodes`, `hetzner1`. */
  readonly object: string;
  /** Empty for the whole object. */
  readonly path: string;
}

/** One step of a request. */
export interface TraceStep {
  readonly key: StepKey;
  /** For display, such as `Cloudflare's custom rules`. */
  readonly title: string;
  readonly outcome: StepOutcome;
  /** What happens and why, in sentences. */
  readonly reason: string;
  readonly places: readonly TracePlace[];
  /** What lets the request through. Empty if the step does not stop it. */
  readonly fix: string;
}

/**
 * - arrives: every step lets the request through, some perhaps under a condition
 * - unknown: no known step stops it, and the documents do not describe all of them
 * - stopped: the last step stops it
 */
export type TraceOutcome = 'arrives' | 'unknown' | 'stopped';

/** The way of a request as JSON data. */
export interface TraceReport {
  /** Version of the format. An incompatible change increments it. */
  readonly version: 1;
  /** The URL, or `web -> redis:6379`. */
  readonly request: string;
  readonly outcome: TraceOutcome;
  /** In the order in which the request meets them. Nothing follows a step that stops it. */
  readonly steps: readonly TraceStep[];
  /** Sentences. The result holds if they are true. */
  readonly assumptions: readonly string[];
}

/**
 * What happens to a request, step by step, or the first thing that stops it and what lets it through.
 *
 * @param documents manifests of any origin, or a whole output with Terraform stacks and node scripts
 * @param placeOf the positions of fields. @default fields have no file and no line
 * @throws UntraceableError if a name in the request is unknown; Error naming the object and the path, for a workload or
 * policy that the API server would refuse
 */
export function trace(
  documents: AppliedDocuments,
  question: TraceQuestion,
  facts: TraceFacts = {},
  placeOf: TracePlaceOf = () => undefined,
): TraceReport {
  return traceThrough(new TraceSubject(outputOfApplied(documents), facts), question, placeOf);
}

/** Like `trace`, for several requests through the same documents. */
export function traceThrough(
  subject: TraceSubject,
  question: TraceQuestion,
  placeOf: TracePlaceOf = () => undefined,
): TraceReport {
  const taken =
    question.kind === 'url' ? urlSteps(subject, question.request) : connectionSteps(subject, question);
  const drafts: StepDraft[] = [];
  for (const draft of taken) {
    drafts.push(draft);
    if (draft.outcome === 'stops') break;
  }
  return {
    version: 1,
    request:
      question.kind === 'url'
        ? describeRequest(question.request)
        : `${question.from} -> ${describeTarget(question)}`,
    outcome: outcomeOf(drafts),
    steps: drafts.map(({ fields, fix = '', ...step }) => ({
      ...step,
      places: fields.map((field) => placed(field, placeOf)),
      fix,
    })),
    assumptions: traceAssumptions,
  };
}

function outcomeOf(steps: readonly StepDraft[]): TraceOutcome {
  if (steps.some(({ outcome }) => outcome === 'stops')) return 'stopped';
  return steps.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'arrives';
}

function placed(field: TraceField, placeOf: TracePlaceOf): TracePlace {
  const found = placeOf(field);
  const { file = null, line = null } = found ?? (field.kind === 'line' ? field : {});
  return { file, line, ...named(field) };
}

function named(field: TraceField): Pick<TracePlace, 'object' | 'path'> {
  switch (field.kind) {
    case 'object':
      return { object: describeObject(field.object), path: field.path };
    case 'resource':
      return { object: field.address, path: field.path };
    case 'line':
      return { object: field.object, path: '' };
    case 'external':
      return { object: field.name, path: '' };
  }
}
