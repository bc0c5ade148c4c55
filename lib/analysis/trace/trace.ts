import { type AppliedDocuments, outputOfApplied } from '../../documents/output';
import { describeRequest } from '../../documents/web-request';
import { describeObject } from '../../kubernetes/objects/object-key';
import { traceAssumptions } from './assumptions';
import { connectionSteps } from './connection';
import { describeTarget, type TraceQuestion } from './question';
import type { StepDraft, StepKey, StepOutcome, TraceField } from './step';
import { type TraceFacts, TraceSubject } from './subject';
import { urlSteps } from './url';

/** Finds the file position of a field of an object, of a Terraform resource, or of the configuration. */
export type TracePlaceOf = (
  field: TraceField,
) => { readonly file: string; readonly line?: number | undefined } | undefined;

/** A field that a step depends on. */
export interface TracePlace {
  /** Null if the documents do not come from files. */
  readonly file: string | null;
  readonly line: number | null;
  /** Such as `Ingress shop/web`, `hcloud_firewall.nodes` or `hetzner1`. */
  readonly object: string;
  /** The path of the field. Empty for the whole object. */
  readonly path: string;
}

/** One step of a request. */
export interface TraceStep {
  readonly key: StepKey;
  /** For display, such as `Cloudflare's custom rules`. */
  readonly title: string;
  readonly outcome: StepOutcome;
  /** One or more sentences: what happens and why. */
  readonly reason: string;
  readonly places: readonly TracePlace[];
  /** The change that lets the request through. Empty if the step does not stop the request. */
  readonly fix: string;
}

/**
 * - arrives: every step lets the request through, possibly under a condition
 * - unknown: no known step stops the request, but at least one step is unknown
 * - stopped: the last step stops the request
 */
export type TraceOutcome = 'arrives' | 'unknown' | 'stopped';

/** The path of a request as JSON data. */
export interface TraceReport {
  /** Version of the format. An incompatible change increments it. */
  readonly version: 1;
  /** The URL, or the connection, such as `web -> redis:6379`. */
  readonly request: string;
  readonly outcome: TraceOutcome;
  /** The steps, in the order in which the request passes them. A step that stops the request is the last one. */
  readonly steps: readonly TraceStep[];
  /** The assumptions under which the result is valid, one sentence each. */
  readonly assumptions: readonly string[];
}

/**
 * Traces a request step by step, up to the pods that answer it or to the first step that stops it.
 *
 * @param documents manifests of any origin, or a whole output with Terraform stacks and node scripts
 * @param placeOf finds the file positions of fields. @default fields have no file and no line
 * @throws UntraceableError if a name in the request is unknown; Error with the object and the path, for a workload or
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

/** The same as `trace`, for several requests through the same documents. */
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
